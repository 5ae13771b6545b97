import { AstrotrainClient, type AstrotrainClientConfig, type PairWatch } from "@sigil/astrotrain";
import { SigilSigner } from "@sigil/ethers";
import { type SigilSigner as KitSigner, toSigilSigner } from "@sigil/solana";
import { type SigilWallet, toSigilWallet } from "@sigil/solana/web3js";
import { figure } from "@sigil/testing/promises";
import { type SigilAccount, toSigilAccount } from "@sigil/viem";
import { expect, test } from "vitest";
import { httpText } from "./answers.js";
import { address, apiKey, callNames, pairId, payload, seed } from "./calls.js";
import { attempt, errorWays, inspected, json, printed, showsSecret } from "./canaries.js";
import { failureOf } from "./concurrently.js";
import { type Fault, faults, meet } from "./faults.js";

/** A session that ends without a pair, told by an octane that repeats the request in each field. */
function endsBy(end: "rejected" | "expired", form: "as a frame" | "as a body"): Fault {
  const unused = { kind: "network" } as const;
  return {
    name: `${end} ${form}`,
    respond: (socket, { head }) => {
      const text = JSON.stringify({ kind: `pair_${end}`, reason: head, completed_at: head, echo: head });
      const type = form === "as a frame" ? "text/event-stream" : "application/json";
      socket.write(
        httpText(200, { "content-type": type }, form === "as a frame" ? `data: ${text}\n\n` : text),
      );
    },
    once: unused,
    waiting: unused,
  };
}

const endings = (["rejected", "expired"] as const).flatMap((end) =>
  (["as a frame", "as a body"] as const).map((form) => endsBy(end, form)),
);

test("R27: the key and the seed are in none of 2,500 serialisations of the errors of all faults", async () => {
  const met = await Promise.all([
    ...callNames.flatMap((name) =>
      faults.map(async (fault) => [name, fault.name, await meet(name, fault)] as const),
    ),
    ...endings.map(async (fault) => {
      const error = await meet("awaitPairResult", fault);
      expect(error).toMatchObject({ name: "PairError", kind: fault.name.split(" ")[0] });
      return ["awaitPairResult", fault.name, error] as const;
    }),
  ]);
  const shown: string[] = [];
  let serialisations = 0;
  for (const [name, fault, error] of met) {
    for (const [way, serialise] of Object.entries(errorWays)) {
      serialisations++;
      if (showsSecret(await serialise(error as Error))) shown.push(`${name}, ${fault}, ${way}`);
    }
  }
  expect(shown).toEqual([]);
  expect(serialisations).toBeGreaterThanOrEqual(2_500);
  figure("R27", `${shown.length} of ${serialisations} serialisations of ${met.length} errors show a secret`);
});

/** An object of ours that somebody may log, and what can be called on it. */
type Shown = readonly [name: string, object: object, call: (object: never) => unknown];

const access = { octaneUrl: "https://octane.example", apiKey } as const;
const solana = "CktRuQ2mttgRGkXJtyksdKHjUdc2C4TgDzyB98oEzy8";
const signed = async () => new Uint8Array(64);

/** A client whose octane refuses everything, and repeats what it was sent. */
const makeClient = (more: Partial<AstrotrainClientConfig> = {}): AstrotrainClient =>
  new AstrotrainClient({
    ...access,
    privateKeySeed: seed,
    fetch: async (_, init) =>
      Response.json({ error: { code: "x", message: JSON.stringify(init) } }, { status: 403 }),
    ...more,
  } as AstrotrainClientConfig);

const signRequest = { address, payload, algo: "secp256k1" } as const;
const signWith = (client: AstrotrainClient) => client.sign(signRequest);

async function usedClient(): Promise<AstrotrainClient> {
  const client = makeClient();
  await failureOf(signWith(client));
  return client;
}

function closedClient(): AstrotrainClient {
  const client = makeClient();
  client.close();
  return client;
}

/** Everything of ours that knows the key, the seed, or somebody who does. */
async function shownObjects(): Promise<readonly Shown[]> {
  const client = makeClient();
  const publicKey = await client.getPublicKey();
  const evm = { client, address, pairId } as const;
  const signMessage = (signer: { signMessage(message: never): unknown }) =>
    signer.signMessage("hello" as never);
  return [
    ["client with a seed in bytes", client, signWith],
    [
      "client with a seed in text",
      makeClient({ privateKeySeed: Buffer.from(seed).toString("base64url") }),
      signWith,
    ],
    [
      "client with a callback",
      makeClient({ privateKeySeed: undefined, signer: { publicKey, sign: signed } } as never),
      signWith,
    ],
    ["client that has signed", await usedClient(), signWith],
    ["client that was closed", closedClient(), signWith],
    ["client that dedupes", makeClient({ dedupe: true }), signWith],
    ["watch", client.watchPair({ pairId }), (watch: PairWatch) => watch.stop()],
    [
      "viem account",
      toSigilAccount(evm),
      (account: SigilAccount) => account.signMessage({ message: "hello" }),
    ],
    ["ethers signer", new SigilSigner(evm), signMessage],
    ["ethers signer, connected", new SigilSigner(evm).connect(null), signMessage],
    [
      "kit signer",
      toSigilSigner({ client, address: solana }),
      (signer: KitSigner) => signer.signMessages([]),
    ],
    [
      "web3.js wallet",
      toSigilWallet({ client, address: solana }),
      (wallet: SigilWallet) => wallet.signMessage(payload),
    ],
  ];
}

/** Every own value of an object and of what it inherits, names and symbols alike. */
function reachable(object: object): unknown[] {
  const found: unknown[] = [];
  for (let each: object | null = object; each !== null; each = Object.getPrototypeOf(each)) {
    for (const key of Reflect.ownKeys(each)) {
      found.push(key, Object.getOwnPropertyDescriptor(each, key));
      found.push(attempt(() => inspected(Reflect.get(object, key))));
    }
  }
  return found;
}

/** What passes through a proxy around it while it is used: reads, arguments, results and errors. */
async function throughProxy(object: object, call: (object: never) => unknown): Promise<string> {
  const seen: unknown[] = [];
  const proxy: object = new Proxy(object, {
    get: (target, key, receiver) => {
      const value: unknown = Reflect.get(target, key, receiver);
      seen.push(key, value);
      return value;
    },
    getOwnPropertyDescriptor: (target, key) => {
      const descriptor = Reflect.getOwnPropertyDescriptor(target, key);
      seen.push(descriptor);
      return descriptor;
    },
  });
  seen.push(await failureOf(Promise.resolve().then(() => call(proxy as never))), json(proxy), { ...proxy });
  return inspected(seen);
}

const objectWays: Readonly<
  Record<string, (object: object, call: (object: never) => unknown) => string | Promise<string>>
> = {
  inspect: inspected,
  JSON: json,
  keys: (object) => inspected(reachable(object)),
  spread: (object) => inspected({ ...object }) + inspected(Object.assign({}, object)),
  "Proxy traps": throughProxy,
  structuredClone: (object) => attempt(() => inspected(structuredClone(object))),
  String: (object) => attempt(() => `${object} ${Object.prototype.toString.call(object)}`),
  console: (object) => printed((console) => console.log(object, "%o %O %j", object, object)),
};

test("R28: the key and the seed are not seen in 12 objects of ours in 8 ways", async () => {
  const shown: string[] = [];
  let looks = 0;
  for (const [name, object, call] of await shownObjects()) {
    for (const [way, look] of Object.entries(objectWays)) {
      looks++;
      if (showsSecret(await look(object, call))) shown.push(`${name}, ${way}`);
    }
  }
  expect(shown).toEqual([]);
  expect(looks).toBe(96);
  figure("R28", `${shown.length} of ${looks} looks show a secret`);
});

test("R27, R28: what is looked for is found where it stands", async () => {
  const careless = Object.assign(new Error("careless"), {
    seed: Buffer.from(seed),
    bytes: seed,
    list: [...seed],
  });
  for (const way of ["inspect", "JSON", "%o", "cause chain", "console.error", "pino", "winston"])
    expect([way, showsSecret((await errorWays[way]?.(careless)) ?? "")]).toEqual([way, true]);
  expect(showsSecret(`Bearer ${apiKey}`)).toBe(true);
  expect(showsSecret(Buffer.from(seed).toString("hex"))).toBe(true);
  expect(showsSecret(String(careless.stack))).toBe(false);
});
