import { Refusal } from "../Refusal.js";
import type { SignAsk } from "../SigilProxyConfig.js";

/** Octane's own limit. */
const longestBody = 256 * 1024;

/** What a page asks for, and what it takes for the wallet: to be compared, never to be used. */
export type ReadAsk = {
  readonly ask: SignAsk;
  readonly address: unknown;
  readonly pairId: unknown;
};

/** @throws Refusal `bad_request` or `body_too_large` */
export async function readAsk(request: Request, userId: string): Promise<ReadAsk> {
  const { payload, algo, chain, address, pair_id: pairId } = parse(await readText(request));
  if (algo !== "secp256k1" && algo !== "ed25519") throw new Refusal("bad_request");
  if (chain !== undefined && typeof chain !== "string") throw new Refusal("bad_request");
  const bytes = toBytes(payload);
  if (algo === "secp256k1" && bytes.length !== 32) throw new Refusal("bad_request");
  return { ask: { userId, payload: bytes, algo, chain }, address, pairId };
}

async function readText(request: Request): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body ?? []) {
    length += chunk.length;
    if (length > longestBody) throw new Refusal("body_too_large");
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return new TextDecoder().decode(bytes);
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null) return value as Readonly<Record<string, unknown>>;
  } catch {
    // Refused below, as what is JSON but no object.
  }
  throw new Refusal("bad_request");
}

/** Base64url without padding. */
function toBytes(text: unknown): Uint8Array {
  if (typeof text !== "string" || !/^[\w-]*$/.test(text) || text.length % 4 === 1)
    throw new Refusal("bad_request");
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
