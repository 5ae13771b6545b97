import { pairing, SigilSigner } from "@sigil/ethers";
import { toSigilSigners } from "@sigil/solana";
import { toSigilWallets } from "@sigil/solana/web3js";
import { AstrotrainClient, toSigilAccounts } from "@sigil/viem";
import { createSignableMessage, getPublicKeyFromAddress, verifySignature } from "@solana/kit";
import { SystemProgram, Transaction } from "@solana/web3.js";
import { verifyMessage as verifyWithEthers } from "ethers";
import { verifyMessage as verifyWithViem } from "viem";
import { type Owner, ownerAt } from "./owner.js";

/** What a backend knows of octane, and the way to the owner of an emulated appliance. */
export type Setup = {
  readonly octaneUrl: string;
  readonly apiKey: string;
  readonly privateKeySeed: string;
  readonly octanePublicKey: string;
  /** Of the emulator's control API. */
  readonly controlToken: string;
  /** The wallet whose requests the owner declines. */
  readonly declined: string;
  /** The wallet whose requests the owner leaves unanswered. */
  readonly unanswered: string;
};

/** What was seen, as data: a runtime in which something differs differs here. */
export type Seen = Readonly<Record<string, unknown>>;

/**
 * What users do, with nothing but what the runtime and the packages have: pairs, has each host library verify a signature, is
 * refused, aborts, and hears of a revocation. Nothing is left behind that would keep a process.
 */
export async function smoke(setup: Setup): Promise<Seen> {
  const octane = { octaneUrl: setup.octaneUrl, apiKey: setup.apiKey };
  const owner = ownerAt(setup);
  const pairId = await pair(octane, owner);
  const { entries } = await pairing.getEnabledWallets({ ...octane, pairId });
  const { privateKeySeed, octanePublicKey } = setup;
  const client = new AstrotrainClient({ ...octane, privateKeySeed, octanePublicKey });
  const wallets = { client, entries, pairId };
  const accounts = toSigilAccounts(wallets);
  const [account, signer] = [first(accounts), first(SigilSigner.fromWallets(wallets))];
  const declined = first(accounts.filter(({ address }) => address === setup.declined));
  const [kit, wallet] = [first(toSigilSigners(wallets)), first(toSigilWallets(wallets))];

  const message = "hello";
  const signature = await account.signMessage({ message });
  const content = new TextEncoder().encode(message);
  const [signed] = await kit.signMessages([createSignableMessage(content)]);
  const kitSignature = signed?.[kit.address];
  const transaction = new Transaction({ feePayer: wallet.publicKey, blockhash, lastValidBlockHeight: 1 });
  const [fromPubkey, lamports] = [wallet.publicKey, 1];
  transaction.add(SystemProgram.transfer({ fromPubkey, toPubkey: SystemProgram.programId, lamports }));
  await wallet.signTransaction(transaction);
  const seen = {
    viem: await verifyWithViem({ address: account.address, message, signature }),
    ethers: verifyWithEthers(message, await signer.signMessage(message)) === signer.address,
    kit:
      kitSignature !== undefined &&
      (await verifySignature(await getPublicKeyFromAddress(kit.address), kitSignature, content)),
    web3js: transaction.verifySignatures(),
    refused: await errorOf(declined.signMessage({ message })),
    aborted: await abort(wallets, setup.unanswered, owner),
    revoked: await revoke(wallets, owner),
    afterwards: await errorOf(account.signMessage({ message: "again" })),
  };
  client.close();
  return { ...seen, closed: await errorOf(account.signMessage({ message: "and again" })) };
}

/** Any will do: nothing of this reaches a chain. */
const blockhash = "EkSnNWid2cvwEVnVx9aBqawnmiCNiDgp3gUdkDPTKN1N";

type Octane = Pick<Setup, "octaneUrl" | "apiKey">;
type PairRevoked = Parameters<Parameters<AstrotrainClient["watchPair"]>[0]["onRevoked"] & object>[0];
type Wallets = Parameters<typeof toSigilSigners>[0] & { readonly client: AstrotrainClient };

async function pair(octane: Octane, owner: Owner): Promise<string> {
  const code = pairing.mintValidationCode();
  const requestedScopes = (["ethereum", "solana"] as const).map(
    (chain) => ({ chain, access: "sign" }) as const,
  );
  const session = await pairing.createPairSession({ ...octane, spUserRef: "smoke", requestedScopes });
  const sessionId = session.session_id;
  const result = pairing.awaitPairResult({ ...octane, sessionId });
  await owner.scan(pairing.buildPairUri({ sessionId, scheme: "https", validationCode: code }));
  const { pair_id: pairId } = await result;
  await pairing.validateSpKey({ ...octane, pairId, code });
  return pairId;
}

/** Leaves while the owner looks at the request, which octane has to notice. */
async function abort({ client, pairId }: Wallets, address: string, owner: Owner): Promise<Seen> {
  const controller = new AbortController();
  const payload = new Uint8Array(32).fill(7);
  const { signal } = controller;
  const error = errorOf(client.sign({ address, payload, algo: "secp256k1", pairId, signal }));
  await owner.until(({ requests }) => requests.length === 1);
  controller.abort(new Error("The caller has had enough."));
  const seen = await error;
  await owner.untilLeft("/sp/sign");
  return seen;
}

/** Revokes while the client is connected, and gives the event that it had. */
async function revoke({ client, pairId = "" }: Wallets, owner: Owner): Promise<Seen> {
  const errors: unknown[] = [];
  const event = new Promise<PairRevoked>((resolve) => {
    client.watchPair({ pairId, onRevoked: resolve, onError: (error) => errors.push(String(error)) });
  });
  await owner.untilWatched(pairId);
  await owner.revoke(pairId);
  const { kind, pair_id } = await event;
  return { kind, isThePair: pair_id === pairId, errors };
}

/** How a call failed, and what stood behind it, without what differs from run to run. */
async function errorOf(call: Promise<unknown>): Promise<Seen> {
  try {
    await call;
  } catch (error) {
    return describe(error);
  }
  throw new Error("Nothing was refused.");
}

function describe(error: unknown): Seen {
  if (!(error instanceof Error)) return { thrown: String(error) };
  const { name, kind, code, status, outcome, cause } = error as Error & Record<string, unknown>;
  const message = name === "Error" ? error.message : undefined;
  const all = { name, message, kind, code, status, outcome };
  const known = Object.entries(all).filter(([, each]) => each !== undefined);
  return { ...Object.fromEntries(known), ...(cause === undefined ? {} : { cause: describe(cause) }) };
}

function first<T>([item]: readonly T[]): T {
  if (item === undefined) throw new Error("The owner granted no wallet.");
  return item;
}
