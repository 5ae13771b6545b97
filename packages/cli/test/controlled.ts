import type { Emulator } from "@sigil/emulator";
import { createControl } from "@sigil/emulator/control";

export const token = "a-token-of-the-tests";

/** Octane and its control API at one address, as `sigil dev` has them. */
export function controlledFetch(emulator: Emulator): typeof globalThis.fetch {
  const control = createControl(emulator, { token });
  return (input, init) => {
    const request = new Request(input, init);
    return new URL(request.url).pathname.startsWith("/_emulator")
      ? control.fetch(request)
      : emulator.fetch(request);
  };
}
