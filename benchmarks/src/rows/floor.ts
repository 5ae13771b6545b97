import { sign } from "node:crypto";
import { Agent, request } from "node:http";
import { buildSpMessage } from "@sigil/astrotrain";
import { apiKey, ed25519Key, evmAccount, evmDigest, pairId, spSeed } from "../fixtures.js";
import type { Program } from "./Row.js";

// As little code as gets a signature from octane: one request, one JSON text each way, nothing checked.

const key = ed25519Key(spSeed);
export const headers = { authorization: `Bearer ${apiKey}`, "content-type": "application/json" };

const signOnce = (): string =>
  sign(null, buildSpMessage(evmDigest, evmAccount.address), key).toString("base64url");

function bodyOf(spSignature: string): string {
  return JSON.stringify({
    address: evmAccount.address,
    payload: Buffer.from(evmDigest).toString("base64url"),
    algo: "secp256k1",
    sp_signature: spSignature,
    pair_id: pairId,
  });
}

export type Post = (url: string, body: string) => Promise<unknown>;

const byFetch: Post = async (url, body) =>
  (await fetch(url, { method: "POST", headers, body })).json() as Promise<unknown>;

const agent = new Agent({ keepAlive: true });
const byHttp: Post = (url, body) =>
  new Promise((resolve, reject) => {
    const length = { "content-length": Buffer.byteLength(body) };
    request(url, { agent, method: "POST", headers: { ...headers, ...length } }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("end", () => resolve(JSON.parse(text)));
      response.on("error", reject);
    })
      .on("error", reject)
      .end(body);
  });

const signatureOf = (answer: { readonly device_signature: string }): Uint8Array =>
  Buffer.from(answer.device_signature, "base64url");

export function withSpSignature(post: Post): Program {
  return (baseUrl) => ({ sign: () => post(`${baseUrl}/sp/sign`, bodyOf(signOnce())), signatureOf });
}

/** With a signature of the SP's that was made beforehand. */
export function requestAlone(post: Post): Program {
  const made = signOnce();
  return (baseUrl) => ({ sign: () => post(`${baseUrl}/sp/sign`, bodyOf(made)), signatureOf });
}

export const fetchSigned = withSpSignature(byFetch);
export const fetchAlone = requestAlone(byFetch);
export const httpSigned = withSpSignature(byHttp);
export const httpAlone = requestAlone(byHttp);
