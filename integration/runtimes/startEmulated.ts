import { type ApprovalDecision, createEmulator, type Emulator } from "@sigil/emulator";
import { type ControlledListening, listen } from "@sigil/emulator/node";
import type { Setup } from "./smoke.js";

export type Emulated = {
  readonly setup: Setup;
  readonly emulator: Emulator;
  /** How many sockets are open. */
  readonly sockets: () => number;
  readonly stop: () => Promise<void>;
};

/** Octane on a port, an appliance, and an owner who declines one wallet's requests and looks at another's for ever. */
export async function startEmulated(): Promise<Emulated> {
  const emulator: Emulator = createEmulator({
    walletsPerChain: 3,
    approval: (request): ApprovalDecision => {
      if (request.kind === "pair" || ![declined, unanswered].includes(request.address)) return "approve";
      return request.address === declined ? "reject" : "wait";
    },
  });
  const [, declined = "", unanswered = ""] = emulator.appliance
    .wallets()
    .filter(({ chain }) => chain === "ethereum")
    .map(({ address }) => address);
  const server: ControlledListening = await listen(emulator, { port: 0, control: {} });
  const { apiKey, privateKeySeed, octanePublicKey } = emulator.sp;
  const { url: octaneUrl, controlToken, connections, close } = server;
  return {
    setup: { octaneUrl, apiKey, privateKeySeed, octanePublicKey, controlToken, declined, unanswered },
    emulator,
    sockets: () => connections().open,
    stop: close,
  };
}
