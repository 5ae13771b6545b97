import { createHash, createPublicKey, verify } from "node:crypto";
import { AstrotrainClient, type SignOptions, type SignResult } from "@sigil/astrotrain";
import {
  changingBytes,
  changingProxy,
  interleavings,
  type Settled,
  type Subject,
} from "@sigil/testing/interleavings";
import { figure, rounds } from "@sigil/testing/promises";
import { expect, test } from "vitest";
import { goodAnswer } from "./answers.js";
import { address, apiKey, pairId, seed } from "./calls.js";

const octaneUrl = "https://octane.example";
const other = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
// No Buffer, whose slice is no copy.
const digestOf = (n: number): Uint8Array =>
  Uint8Array.from(createHash("sha256").update(`payload ${n}`).digest());
/** What an appliance may answer: 64 bytes that depend on the payload. */
const deviceSign = (payload: Uint8Array): Uint8Array => createHash("sha512").update(payload).digest();

type Client = Parameters<ReturnType<Subject["make"]>["call"]>[0];
type Sent = {
  readonly address: string;
  readonly payload: string;
  readonly algo: string;
  readonly sp_signature: string;
  readonly pair_id?: string;
  readonly chain?: string;
};

/** An AstrotrainClient whose requests are answered by `appliance`, and what it sent. */
function startClient(appliance: Client) {
  const sent: Sent[] = [];
  const fetch: typeof globalThis.fetch = async (_, init) => {
    const body = String(init?.body);
    const parsed = JSON.parse(body) as Sent;
    sent.push(parsed);
    const payload = Buffer.from(parsed.payload, "base64url");
    const { device_signature } = await appliance.sign({ ...parsed, payload });
    return Response.json({ ...goodAnswer({ method: "POST", path: "/sp/sign", body }), device_signature });
  };
  return { client: new AstrotrainClient({ octaneUrl, apiKey, privateKeySeed: seed, fetch }), sent };
}

const publicKey = createPublicKey({
  key: {
    kty: "OKP",
    crv: "Ed25519",
    x: await new AstrotrainClient({ octaneUrl, apiKey, privateKeySeed: seed }).getPublicKey(),
  },
  format: "jwk",
});

/** The fields of a request as they were at the call. */
type Wanted = {
  readonly address: string;
  readonly payload: Uint8Array;
  readonly algo: string;
  readonly pairId?: string;
  readonly chain?: string;
};

/** Whether this was sent, once, under the SP's signature, and its answer returned. */
function isWanted(sent: readonly Sent[], settled: Settled, wanted: Wanted): boolean {
  const [only, ...more] = sent;
  if (only === undefined || more.length > 0 || !("value" in settled)) return false;
  const envelope = Buffer.concat([wanted.payload, Buffer.from(wanted.address)]);
  const { device_signature, sp_signature } = settled.value as SignResult;
  return (
    only.address === wanted.address &&
    only.algo === wanted.algo &&
    only.pair_id === wanted.pairId &&
    only.chain === wanted.chain &&
    only.payload === Buffer.from(wanted.payload).toString("base64url") &&
    only.sp_signature === sp_signature &&
    verify(null, envelope, publicKey, Buffer.from(sp_signature, "base64url")) &&
    device_signature === Buffer.from(deviceSign(wanted.payload)).toString("base64url")
  );
}

/** A subject by the options that it hands in, and how they change. */
function subject(
  name: string,
  make: (n: number) => { options: SignOptions; change: () => void; wanted: (reads: number) => Wanted },
  readsOf: (options: SignOptions) => number = () => 0,
): Subject {
  return {
    name,
    make: (n) => {
      const { options, change, wanted } = make(n);
      let sent: readonly Sent[] = [];
      let reads = 0;
      return {
        call: (appliance) => {
          const started = startClient(appliance);
          sent = started.sent;
          const signing = started.client.sign(options);
          reads = readsOf(options);
          return signing;
        },
        change,
        check: (settled) => isWanted(sent, settled, wanted(reads)),
      };
    },
  };
}

const requestOf = (n: number) => ({ address, payload: digestOf(n), algo: "secp256k1", pairId }) as const;
const changedOf = (n: number) =>
  ({ address: other, payload: digestOf(n + 1), algo: "ed25519", pairId: "p-2", chain: "base" }) as const;

/** Its fields are on the prototype and read something private, as those of many a class. */
class Wrapped {
  #fields: Wanted;
  constructor(fields: Wanted) {
    this.#fields = fields;
  }
  get address() {
    return this.#fields.address;
  }
  get payload() {
    return this.#fields.payload;
  }
  get algo() {
    return this.#fields.algo;
  }
  get pairId() {
    return this.#fields.pairId;
  }
  get chain() {
    return this.#fields.chain;
  }
  set(fields: Wanted): void {
    this.#fields = fields;
  }
}

const digests = Object.entries(changingBytes).map(([name, wrap]) =>
  subject(`a digest in ${name}`, (n) => {
    const { view, change } = wrap(digestOf(n));
    return { options: { ...requestOf(n), payload: view }, change, wanted: () => requestOf(n) };
  }),
);
const messages = Object.entries(changingBytes).map(([name, wrap]) =>
  subject(`a message in ${name}`, (n) => {
    const wanted = {
      ...requestOf(n),
      payload: new Uint8Array(1 + (n % 900)).fill(n),
      algo: "ed25519",
    } as const;
    const { view, change } = wrap(wanted.payload);
    return { options: { ...wanted, payload: view }, change, wanted: () => wanted };
  }),
);

const subjects: readonly Subject[] = [
  ...digests,
  ...messages,
  subject("the fields of a request", (n) => {
    const options = { ...requestOf(n) };
    return { options, change: () => void Object.assign(options, changedOf(n)), wanted: () => requestOf(n) };
  }),
  subject("a request behind a Proxy", (n) => {
    const { proxy, change } = changingProxy<SignOptions>(requestOf(n), changedOf(n));
    return { options: proxy, change, wanted: () => requestOf(n) };
  }),
  subject("an instance with getters", (n) => {
    const options = new Wrapped(requestOf(n));
    return {
      options: options as SignOptions,
      change: () => options.set(changedOf(n)),
      wanted: () => requestOf(n),
    };
  }),
  subject(
    "getters that answer differently each time",
    (n) => {
      let reads = 0;
      const options = {
        ...requestOf(n),
        get payload() {
          return digestOf(n + reads++);
        },
        get reads() {
          return reads;
        },
      };
      // Read once: what is checked is what is sent.
      const wanted = (read: number): Wanted => {
        expect(read).toBe(1);
        return requestOf(n);
      };
      return { options, change: () => void options.payload, wanted };
    },
    (options) => (options as unknown as { reads: number }).reads,
  ),
];

test("R25: what the caller changes after client.sign is neither sent nor signed, in 500 interleavings", {
  timeout: 120_000,
}, async () => {
  const { tried, moments, broken } = await interleavings(subjects, rounds(500), deviceSign);
  figure(
    "R25",
    `AstrotrainClient: ${tried} interleavings at ${moments.size} moments, ${broken.length} sent or signed something else`,
  );
  expect(broken).toEqual([]);
});
