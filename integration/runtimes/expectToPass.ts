import { expect, onTestFinished } from "vitest";
import { runToEnd } from "./runToEnd.js";
import type { Seen } from "./smoke.js";
import { type Emulated, startEmulated } from "./startEmulated.js";

/** The same in every runtime: what is verified, and each error by its name and what stands behind it. */
export const expected: Seen = {
  viem: true,
  ethers: true,
  kit: true,
  web3js: true,
  refused: {
    name: "UserRejectedRequestError",
    code: 4001,
    cause: { name: "SignError", kind: "http", code: "user_rejected", status: 403 },
  },
  aborted: {
    name: "SignError",
    kind: "network",
    outcome: "unknown",
    cause: { name: "Error", message: "The caller has had enough." },
  },
  revoked: { kind: "pair_revoked", isThePair: true, errors: [] },
  afterwards: {
    name: "SigilAccountError",
    cause: { name: "SignError", kind: "http", code: "pair_revoked", status: 403 },
  },
  closed: { name: "SigilAccountError", cause: { name: "ConfigError" } },
};

/** Runs the program in a folder, where it ends by itself, and leaves no socket behind. @returns what it said on standard error */
export async function expectToPass(command: string, args: readonly string[], cwd: string): Promise<string> {
  const emulated = await emulate();
  const { code, stdout, stderr } = await runToEnd(command, [...args, JSON.stringify(emulated.setup)], {
    cwd,
  });
  expect({ code, stderr: code === 0 ? "" : stderr }).toEqual({ code: 0, stderr: "" });
  expect(JSON.parse(stdout)).toEqual(expected);
  await expect.poll(emulated.sockets).toBe(0);
  return stderr;
}

/** What has no answer yet, or one that goes on. */
export const openRequests = ({ emulator }: Emulated): readonly string[] =>
  emulator.traffic.list().flatMap(({ url, response }) => (response.ended === "open" ? [url] : []));

export async function emulate(): Promise<Emulated> {
  const emulated = await startEmulated();
  onTestFinished(emulated.stop);
  return emulated;
}
