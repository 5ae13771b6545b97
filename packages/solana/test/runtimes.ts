import { vi } from "vitest";

type Module = typeof import("../src/internal/strictVerifier.js");

/** The verifier as in a runtime that lacks some of the implementations of Ed25519 which this one has. */
export async function without(...missing: readonly ("node:crypto" | "WebCrypto")[]): Promise<Module> {
  const spies = missing.map((each) =>
    each === "WebCrypto"
      ? vi.spyOn(crypto.subtle, "importKey").mockRejectedValue(new DOMException("none", "NotSupportedError"))
      : vi.spyOn(process, "getBuiltinModule").mockReturnValue(undefined as never),
  );
  vi.resetModules();
  const module: Module = await import("../src/internal/strictVerifier.js");
  // The first verdict settles with which implementation all others are made.
  await module.strictVerifier(new Uint8Array(32).fill(3))(new Uint8Array(64).fill(3), new Uint8Array(1));
  for (const spy of spies) spy.mockRestore();
  return module;
}
