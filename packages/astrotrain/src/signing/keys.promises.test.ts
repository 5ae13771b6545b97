import { inspect } from "node:util";
import { ed25519 } from "@noble/curves/ed25519.js";
import { base58 } from "@scure/base";
import { figure, rounds } from "@sigil/testing/promises";
import { seededRandom } from "@sigil/testing/seededRandom";
import { expect, test } from "vitest";
import { digest, wallet } from "../../test/keys.js";
import { access, rejection } from "../../test/scriptedOctane.js";
import { octanePublicKey, signingOctane } from "../../test/signingOctane.js";
import { bytesToB64u } from "../encoding/base64url.js";
import { AstrotrainClient, SignError } from "../index.js";

const random = seededRandom(24);
const randomBytes = (length: number): Uint8Array =>
  Uint8Array.from({ length }, () => Math.floor(random() * 256));

/** A seed that all six-bit groups of base64url occur in, so that `-` and `_` do. */
const seed = Uint8Array.from({ length: 32 }, (_, i) => (i * 37 + 251) % 256);
const text = bytesToB64u(seed);
const standard = text.replaceAll("-", "+").replaceAll("_", "/");
const hex = Buffer.from(seed).toString("hex");
const swap = (at: number, by: string): string => text.slice(0, at) + by + text.slice(at + 1);

const spellings: readonly (readonly [title: string, seed: unknown, right?: true])[] = [
  ["base64url", text, true],
  ["32 bytes", seed, true],
  ["a Buffer", Buffer.from(seed), true],
  ["padded", `${text}=`],
  ["padded twice", `${text}==`],
  ["base64", standard],
  ["base64, padded", `${standard}=`],
  ["a plus", swap(3, "+")],
  ["a slash", swap(3, "/")],
  ["a space before", ` ${text}`],
  ["a space after", `${text} `],
  ["a line break", `${text}\n`],
  ["CRLF within", `${text.slice(0, 20)}\r\n${text.slice(20)}`],
  ["a tab", `\t${text}`],
  ["NUL", `${text}\0`],
  ["a byte order mark", `\ufeff${text}`],
  ["stray trailing bits", `${text.slice(0, -1)}${String.fromCharCode(text.charCodeAt(42) + 1)}`],
  ["one character short", text.slice(1)],
  ["one character more", `${text}A`],
  ["31 bytes as text", bytesToB64u(seed.slice(1))],
  ["33 bytes as text", bytesToB64u(new Uint8Array([...seed, 1]))],
  ["64 bytes as text", bytesToB64u(new Uint8Array([...seed, ...seed]))],
  ["31 bytes", seed.slice(1)],
  ["33 bytes", new Uint8Array([...seed, 1])],
  ["64 bytes", new Uint8Array([...seed, ...seed])],
  ["no bytes", new Uint8Array()],
  ["hexadecimal", hex],
  ["hexadecimal with 0x", `0x${hex}`],
  ["base58", base58.encode(seed)],
  ["an array", [...seed]],
  ["an ArrayBuffer", seed.buffer],
  ["full-width letters", swap(0, "Ａ")],
];

test("R23: of 32 spellings of a seed, only 32 bytes and their base64url are taken, and none is repeated", () => {
  const taken: string[] = [];
  let echoes = 0;
  for (const [title, privateKeySeed] of spellings) {
    try {
      new AstrotrainClient({ ...access, privateKeySeed: privateKeySeed as string });
      taken.push(title);
    } catch (error) {
      expect(error, title).toBeInstanceOf(SignError);
      expect(["invalid_seed", "seed_length"], title).toContain((error as SignError).kind);
      const shown = [inspect(error, { depth: null, showHidden: true }), JSON.stringify(error)].join("\n");
      if ([text, standard, hex].some((secret) => shown.includes(secret.slice(2, 22)))) echoes++;
    }
  }
  expect(spellings).toHaveLength(32);
  expect(taken).toEqual(spellings.filter(([, , right]) => right).map(([title]) => title));
  expect(echoes).toBe(0);
  figure(
    "R23",
    `${spellings.length} spellings, ${taken.length} taken (${taken.join(", ")}), ${echoes} repeated`,
  );
});

test("R24: the SP's own key as a wallet, an answer without an id, another octane's signature: all refused", async () => {
  const times = rounds(100);
  const refused = { ownKey: 0, requestId: 0, octaneKey: 0 };
  for (let i = 0; i < times; i++) {
    const privateKeySeed = randomBytes(32);
    const payload = randomBytes(32);
    const own = signingOctane();
    const client = new AstrotrainClient({ ...access, privateKeySeed, fetch: own.fetch });
    const address = base58.encode(ed25519.getPublicKey(privateKeySeed));
    const error = await rejection(client.sign({ address, payload, algo: "ed25519" }));
    expect(error).toMatchObject({ name: "ConfigError", field: "address" });
    expect(own.seen).toHaveLength(0);
    refused.ownKey++;

    const request_id = ([undefined, "", null, 7] as const)[i % 4];
    const nameless = signingOctane((answer) => ({ ...answer, request_id }));
    const asked = { address: wallet, payload, algo: "secp256k1" } as const;
    const without = new AstrotrainClient({ ...access, privateKeySeed, fetch: nameless.fetch });
    expect(await rejection(without.sign(asked))).toMatchObject({
      kind: "deserialise",
      message: expect.stringContaining("request_id"),
    });
    refused.requestId++;

    const pinned = { ...access, privateKeySeed, fetch: signingOctane().fetch };
    const other = new AstrotrainClient({ ...pinned, octanePublicKey: ed25519.getPublicKey(randomBytes(32)) });
    expect(await rejection(other.sign(asked))).toMatchObject({ kind: "signature_mismatch", party: "octane" });
    refused.octaneKey++;
    // The key that is right for the same octane passes, so it is the key that was refused.
    await new AstrotrainClient({ ...pinned, octanePublicKey }).sign({ ...asked, payload: digest });
  }
  figure(
    "R24",
    `${refused.ownKey} own keys, ${refused.requestId} answers without an id, ${refused.octaneKey} wrong octane keys, all refused`,
  );
});
