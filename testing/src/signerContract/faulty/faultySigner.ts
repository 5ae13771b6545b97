import { ed25519PublicKey } from "../../ed25519Device.js";
import { envelopeOf } from "../ask.js";
import { ed25519Key, verifyEd25519 } from "../ed25519.js";
import type { Access } from "../SignerContract.js";
import { type Answer, askOctane, bodyOf, type Fault } from "./askOctane.js";

export type FaultySigner = {
  readonly address: string;
  readonly sign: (bytes: Uint8Array, signal?: AbortSignal) => Promise<Uint8Array>;
  readonly signAll: (list: readonly Uint8Array[], signal?: AbortSignal) => Promise<readonly Uint8Array[]>;
};

/** A small Ed25519 signer that keeps the contract, but for one fault. */
export function faultySigner(options: Access, fault?: Fault): FaultySigner {
  const own = fault === "keeps the options" ? options : { ...options };
  const octanePublicKey = options.octanePublicKey.slice();
  const key = ed25519Key(options.privateKeySeed.slice());
  const shared: { payload: Uint8Array } = { payload: new Uint8Array() };

  /** A refusal, of the kind that astrotrain's has. */
  const wrong = (kind: "signature_mismatch" | "deserialise", what: string): Error =>
    Object.assign(new Error(what), fault === "does not say what was wrong" ? {} : { kind });
  const bytesOf = (answer: Partial<Answer> | null, field: keyof Answer): Uint8Array => {
    const text = answer?.[field];
    if (typeof text !== "string") throw wrong("deserialise", `${field} is not a text`);
    return new Uint8Array(Buffer.from(text, "base64url"));
  };

  const sign: FaultySigner["sign"] = async (bytes, signal) => {
    let payload = fault === "keeps the caller's bytes" ? bytes : bytes.slice();
    if (fault === "changes the caller's bytes") bytes.reverse();
    if (fault === "shares state") shared.payload = payload;
    await Promise.resolve();
    if (fault === "copies a moment late") payload = bytes.slice();
    if (fault === "shares state") payload = shared.payload;
    const { body, spSignature } = bodyOf(own, key, payload, fault);
    const answer = await askOctane(own, body, fault, signal);
    const signature = bytesOf(answer, "device_signature");
    const envelope = envelopeOf({ payload, address: own.address });
    if (fault !== "takes any sp_signature" && answer.sp_signature !== spSignature)
      throw wrong("signature_mismatch", "not ours");
    if (
      fault !== "does not verify octane" &&
      !verifyEd25519(bytesOf(answer, "octane_signature"), envelope, octanePublicKey)
    )
      throw wrong("signature_mismatch", "not octane's");
    if (fault !== "does not verify" && !verifyEd25519(signature, payload, ed25519PublicKey))
      throw wrong("signature_mismatch", "not the wallet's");
    return signature;
  };

  const signAll: FaultySigner["signAll"] = async (list, signal) => {
    const signatures: Uint8Array[] = [];
    let failure: unknown;
    for (const bytes of fault === "keeps the caller's bytes" ? list : list.map((each) => each.slice())) {
      try {
        signatures.push(await sign(bytes, signal));
      } catch (error) {
        failure = error;
        if (fault !== "asks on after a refusal") break;
      }
    }
    if (failure !== undefined) throw failure;
    return signatures;
  };

  const signer = { address: own.address, sign, signAll };
  return fault === "lets itself be changed" ? signer : Object.freeze(signer);
}
