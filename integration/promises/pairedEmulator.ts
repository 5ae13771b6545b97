import {
  awaitPairResult,
  buildPairUri,
  createPairSession,
  getEnabledWallets,
  validateSpKey,
} from "@sigil/astrotrain";
import { createEmulator, type Emulator, type SignApprovalRequest } from "@sigil/emulator";

const octaneUrl = "https://octane.test";
const code = "012345";

/** An emulator with an active pair, and how often its owner was asked for each payload. */
export type PairedEmulator = {
  readonly emulator: Emulator;
  /** What `AstrotrainClient` takes of it. */
  readonly keys: {
    readonly apiKey: string;
    readonly privateKeySeed: string;
    readonly octanePublicKey: string;
  };
  readonly pairId: string;
  readonly evmAddress: string;
  readonly solanaAddress: string;
  /** Prompts by payload, in base64url. */
  readonly prompts: ReadonlyMap<string, number>;
};

/** @param onPrompt Runs before the owner says yes; a promise that it returns is waited for. */
export async function pairedEmulator(
  onPrompt: (request: SignApprovalRequest) => unknown = () => {},
): Promise<PairedEmulator> {
  const prompts = new Map<string, number>();
  const emulator = createEmulator({
    approval: async (request) => {
      if (request.kind === "pair") return "approve";
      prompts.set(request.payload, (prompts.get(request.payload) ?? 0) + 1);
      await onPrompt(request);
      return "approve";
    },
  });
  const { apiKey, privateKeySeed, octanePublicKey } = emulator.sp;
  const pairId = await pair(emulator);
  const { entries } = await getEnabledWallets({ octaneUrl, apiKey, pairId, fetch: emulator.fetch });
  const addressOn = (chain: string): string => entries.find((each) => each.chain === chain)?.address ?? "";
  return {
    emulator,
    keys: { apiKey, privateKeySeed, octanePublicKey },
    pairId,
    evmAddress: addressOn("ethereum"),
    solanaAddress: addressOn("solana"),
    prompts,
  };
}

async function pair(emulator: Emulator): Promise<string> {
  const access = { octaneUrl, apiKey: emulator.sp.apiKey, fetch: emulator.fetch };
  const { session_id: sessionId } = await createPairSession({
    ...access,
    spUserRef: "user-42",
    requestedScopes: [
      { chain: "ethereum", access: "sign" },
      { chain: "solana", access: "sign" },
    ],
  });
  await emulator.appliance.open(buildPairUri({ sessionId, scheme: "https", validationCode: code }));
  const { pair_id: pairId } = await awaitPairResult({ ...access, sessionId });
  await validateSpKey({ ...access, pairId, code });
  return pairId;
}

/** The total of a count by payload. */
export const totalOf = (prompts: ReadonlyMap<string, number>): number =>
  [...prompts.values()].reduce((sum, each) => sum + each, 0);
