import {
  AstrotrainClient,
  awaitPairResult,
  createPairSession,
  getEnabledWallets,
  mintValidationCode,
  type PairingOptions,
  validateSpKey,
} from "@sigil/astrotrain";
import { type ApprovalDecision, createEmulator, type Emulator, type EmulatorSp } from "@sigil/emulator";
import { listen } from "@sigil/emulator/node";
import { startAnvil } from "@sigil/testing/anvil";
import type { CompiledContract } from "@sigil/testing/solidity";
import { type ToSigilAccountOptions, toSigilAccount } from "@sigil/viem";
import {
  type Address,
  createTestClient,
  createWalletClient,
  type Hex,
  http,
  type LocalAccount,
  parseEther,
  publicActions,
  walletActions,
} from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { anvil as localChain } from "viem/chains";

/** An anvil, and a client that plays everybody on it but the appliance. */
export async function startChain(hardfork?: string) {
  const anvil = await startAnvil(hardfork === undefined ? {} : { hardfork });
  const transport = http(anvil.rpcUrl, { timeout: 60_000 });
  const chain = createTestClient({ mode: "anvil", chain: localChain, transport, pollingInterval: 10 })
    .extend(publicActions)
    .extend(walletActions);
  return {
    client: chain,
    stop: anvil.stop,
    fund: (address: Address) => chain.setBalance({ address, value: parseEther("100") }),
    /** The receipt of a transaction, which must have succeeded. */
    mined: async (hash: Hex) => {
      const receipt = await chain.waitForTransactionReceipt({ hash });
      if (receipt.status !== "success") throw new Error(`${hash} was reverted.`);
      return receipt;
    },
    /** Deploys as one of anvil's own accounts. */
    deploy: async (contract: CompiledContract, args: readonly unknown[] = []): Promise<Address> => {
      const [account] = await chain.getAddresses();
      if (account === undefined) throw new Error("anvil has no accounts.");
      const hash = await chain.deployContract({ ...contract, args, account });
      const { contractAddress } = await chain.waitForTransactionReceipt({ hash });
      if (!contractAddress) throw new Error(`${hash} created no contract.`);
      return contractAddress;
    },
    nonceOf: (address: Address) => chain.getTransactionCount({ address }),
    /** viem's wallet client, as a user of the adapter makes it. */
    walletFor: <account extends LocalAccount>(account: account) =>
      createWalletClient({ account, chain: localChain, transport, pollingInterval: 10 }).extend(
        publicActions,
      ),
  };
}

export type Chain = Awaited<ReturnType<typeof startChain>>;

// Not the default words: anvil holds the keys of those, and would itself sign what the appliance should.
const mnemonic = "legal winner thank year wave sausage worth useful legal winner thank yellow";

/** An octane and an appliance over HTTP. Its owner approves everything until `phone.decision` says otherwise. */
export async function startSigil() {
  const phone: { decision: ApprovalDecision } = { decision: "approve" };
  const approval = () => phone.decision;
  const emulator = createEmulator({ approval, mnemonic });
  const { url, close } = await listen(emulator, { port: 0 });
  return { octaneUrl: url, emulator, phone, stop: close };
}

export type Sigil = Awaited<ReturnType<typeof startSigil>>;

/** A service provider that has been paired, and accounts of the wallets it may use. */
export async function pair({ octaneUrl, emulator }: Sigil, sp: EmulatorSp = emulator.sp) {
  const access = { octaneUrl, apiKey: sp.apiKey };
  const pairId = await approveAndValidate(access, emulator);
  const { entries } = await getEnabledWallets({ ...access, pairId });
  const client = new AstrotrainClient({ ...access, ...sp });
  const accountOf = (index: number, options: Partial<ToSigilAccountOptions> = {}) => {
    const entry = entries.find((each) => each.chain === "ethereum" && each.wallet_index === index);
    if (entry === undefined) throw new Error(`There is no ethereum wallet ${index}.`);
    const address = entry.address as Address;
    return toSigilAccount({ client, address, pairId, chain: "ethereum", ...options });
  };
  return { access, client, pairId, entries, accountOf };
}

async function approveAndValidate(access: PairingOptions, { appliance }: Emulator): Promise<string> {
  const code = mintValidationCode();
  const session = await createPairSession({
    ...access,
    spUserRef: "integration",
    requestedScopes: [
      { chain: "ethereum", access: "sign" },
      { chain: "solana", access: "sign" },
    ],
  });
  const result = awaitPairResult({ ...access, sessionId: session.session_id });
  await appliance.open(session.pair_uri, { code });
  const { pair_id } = await result;
  await validateSpKey({ ...access, pairId: pair_id, code });
  return pair_id;
}

/** An address that nobody has used. */
export const freshAddress = (): Address => privateKeyToAccount(generatePrivateKey()).address;
