/** A bare client for the tests: plain requests, so that nothing stands between a test and the wire. */
import { ed25519 } from "@noble/curves/ed25519.js";
import { base64urlnopad } from "@scure/base";
import type { Emulator, EmulatorSp, PairingCard } from "../src/index.js";

export const base: string = "https://octane.test/octane";

export const firstEvm: string = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";
export const secondEvm: string = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
export const digest: Uint8Array = new Uint8Array(32).fill(7);
export const everything: readonly { chain: string; access: string }[] = [
  "ethereum",
  "polygon",
  "solana",
].flatMap((chain) => ["sign", "read"].map((access) => ({ chain, access })));

/** What was read from JSON. */
// biome-ignore lint/suspicious/noExplicitAny: tests look at answers of every shape.
type Parsed = any;

/** A parsed JSON answer. */
export type Got = { status: number; headers: Headers; body: Parsed };

export const encode = (bytes: Uint8Array): string => base64urlnopad.encode(bytes);
export const decode = (text: string): Uint8Array => base64urlnopad.decode(text);

/** The body of a sign request with the service provider's signature. */
export function signBody(sp: EmulatorSp, address: string, payload: Uint8Array, more: object = {}): object {
  const envelope = Uint8Array.of(...payload, ...new TextEncoder().encode(address));
  const sp_signature = encode(ed25519.sign(envelope, decode(sp.privateKeySeed)));
  const algo = address.startsWith("0x") ? "secp256k1" : "ed25519";
  return { address, payload: encode(payload), algo, sp_signature, ...more };
}

/** One provider's view of octane. */
export function client(emulator: Pick<Emulator, "fetch" | "appliance" | "sp">, sp: EmulatorSp = emulator.sp) {
  const raw = (method: string, path: string, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers);
    if (!headers.has("authorization")) headers.set("authorization", `Bearer ${sp.apiKey}`);
    return emulator.fetch(base + path, { ...init, method, headers });
  };
  const get = async (path: string): Promise<Got> => got(await raw("GET", path));
  const del = async (path: string): Promise<Got> => got(await raw("DELETE", path));
  const post = async (path: string, body: unknown, init: RequestInit = {}): Promise<Got> => {
    const headers = { "content-type": "application/json", ...init.headers };
    return got(await raw("POST", path, { ...init, headers, body: JSON.stringify(body) }));
  };
  const session = async (more: object = {}): Promise<Got> =>
    post("/sp/pair/sessions", { sp_user_ref: "ada", requested_scopes: everything, ...more });
  const result = async (sessionId: string) =>
    frameOf(await raw("GET", `/sp/pair/sessions/${sessionId}/result`));
  const validate = (pair_id: string, code = "123456"): Promise<Got> =>
    post("/sp/pair/validate", { pair_id, code });
  const sign = (address: string, payload = digest, more: object = {}, init: RequestInit = {}): Promise<Got> =>
    post("/sp/sign", signBody(sp, address, payload, more), init);
  /** Opens a session on the appliance; under "auto" that completes it. */
  const open = async (more: object = {}): Promise<{ card: PairingCard; id: string }> => {
    const { body } = await session(more);
    const card = await emulator.appliance.open(`${body.pair_uri}&v=123456`);
    return { card, id: body.session_id };
  };
  /** Pairs, under "auto" or "manual"; the pairing is pending. */
  const pairPending = async (more: object = {}, scopes?: object): Promise<string> => {
    const { card, id } = await open(more);
    await card.approve(scopes as never).catch(() => {});
    return (await result(id)).pair_id;
  };
  const pair = async (more: object = {}, scopes?: object): Promise<string> => {
    const id = await pairPending(more, scopes);
    await validate(id);
    return id;
  };
  return { raw, get, del, post, session, result, validate, sign, open, pairPending, pair };
}

async function got(response: Response): Promise<Got> {
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === "" ? undefined : JSON.parse(text),
  };
}

/** The frame of a stream that has ended. */
export async function frameOf(response: Response): Promise<Parsed> {
  const text = await response.text();
  const line = /^data: (.*)$/m.exec(text)?.[1];
  return line === undefined ? text : JSON.parse(line);
}

/** Waits until something holds, looking every few milliseconds. */
export async function until<T>(look: () => T | Promise<T>, tries = 200): Promise<NonNullable<T>> {
  for (let left = tries; left > 0; left -= 1) {
    const seen = await look();
    if (seen) return seen;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error("It did not come to hold.");
}
