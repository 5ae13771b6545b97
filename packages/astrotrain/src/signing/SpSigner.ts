import { b64uToBytes } from "../encoding/base64url.js";
import { isBytes } from "../encoding/isBytes.js";
import { ConfigError } from "../errors/ConfigError.js";
import { SignError } from "../errors/SignError.js";
import { destroyed, type Ed25519Key } from "./ed25519/Ed25519.js";
import { isSmallOrder } from "./ed25519/isSmallOrder.js";
import { runtimeEd25519 } from "./ed25519/runtimeEd25519.js";

/** Holds the SP's Ed25519 key elsewhere, for instance in a KMS or HSM. */
export type SignerCallback = {
  /** 32 bytes, as they are or as base64url without padding. */
  readonly publicKey: Uint8Array | string;
  /** The 64-byte Ed25519 signature over `message`, which is checked before any request leaves. */
  sign(message: Uint8Array): Uint8Array | Promise<Uint8Array>;
};

/** The SP's key: its seed, or a callback that signs with it. */
export type SpKeyConfig =
  | { readonly privateKeySeed: Uint8Array | string; readonly signer?: undefined }
  | { readonly signer: SignerCallback; readonly privateKeySeed?: undefined };

/** The SP's half of a request. */
export type SpSigner = {
  /** 32 bytes. */
  publicKey(): Promise<Uint8Array>;
  /** 64 bytes. @throws SignError of kind `signer_failure` */
  sign(message: Uint8Array): Promise<Uint8Array>;
  /** Wipes our copies of the seed. */
  close(): void;
};

/** @throws SignError of kind `invalid_seed` or `seed_length`; ConfigError when there is no key, or are two. */
export function toSpSigner({ privateKeySeed, signer }: SpKeyConfig): SpSigner {
  if (privateKeySeed !== undefined && signer !== undefined) {
    throw new ConfigError("signer", "give either privateKeySeed or signer, not both.");
  }
  if (privateKeySeed !== undefined) return fromSeed(readSeed(privateKeySeed));
  if (typeof signer?.sign !== "function") {
    throw new ConfigError(
      "privateKeySeed",
      "is missing: give the SP's seed, or a signer with publicKey and sign.",
    );
  }
  return fromCallback(signer);
}

function fromSeed(seed: Uint8Array): SpSigner {
  let imported: Promise<Ed25519Key> | undefined;
  let closed = false;
  const key = async (): Promise<Ed25519Key> => {
    if (closed) throw destroyed();
    // Imported once, then our copy is wiped.
    imported ??= runtimeEd25519.importSeed(seed).finally(() => seed.fill(0));
    return await imported;
  };
  return {
    publicKey: async () => (await key()).publicKey.slice(),
    sign: async (message) => {
      try {
        return await (await key()).sign(message);
      } catch (cause) {
        throw signerFailure("of this runtime failed (see cause)", cause);
      }
    },
    close: () => {
      closed = true;
      // An import under way reads the seed to its end, and wipes it then.
      if (imported === undefined) seed.fill(0);
      imported?.then(
        (each) => each.destroy(),
        () => {},
      );
    },
  };
}

function fromCallback(signer: SignerCallback): SpSigner {
  const publicKey = readPublicKey(signer.publicKey);
  const verify = runtimeEd25519.verifier(publicKey);
  return {
    publicKey: async () => publicKey.slice(),
    sign: async (message) => {
      const signature = await askCallback(signer, message);
      if (!(await verify(signature, message).catch(() => false))) {
        throw signerFailure("returned a signature that does not verify under its own publicKey");
      }
      return signature;
    },
    // The key was never here.
    close: () => {},
  };
}

async function askCallback(signer: SignerCallback, message: Uint8Array): Promise<Uint8Array> {
  let signature: unknown;
  try {
    signature = await signer.sign(message.slice());
  } catch (cause) {
    throw signerFailure("threw (see cause)", cause);
  }
  if (!isBytes(signature)) throw signerFailure("returned something other than a Uint8Array");
  if (signature.length !== 64) throw signerFailure(`returned ${signature.length} bytes instead of 64`);
  return new Uint8Array(signature);
}

const signerFailure = (what: string, cause?: unknown): SignError =>
  new SignError(`The signer ${what}. Nothing was sent to octane; mend the signer.`, {
    kind: "signer_failure",
    ...(cause === undefined ? {} : { cause }),
  });

/** Always a copy, so that it can be wiped without touching the caller's. */
function readSeed(seed: unknown): Uint8Array {
  const bytes = isBytes(seed) ? new Uint8Array(seed) : decodeSeed(seed);
  if (bytes.length === 32) return bytes;
  throw new SignError(`privateKeySeed: is ${bytes.length} bytes; an Ed25519 seed is 32.${hexHint(seed)}`, {
    kind: "seed_length",
    got: bytes.length,
  });
}

function decodeSeed(seed: unknown): Uint8Array {
  try {
    return b64uToBytes(seed as string);
  } catch {
    // Without the decoder's error as cause: nothing about a seed is worth the risk of showing it.
    throw new SignError(
      `privateKeySeed: must be 32 bytes, or base64url of them without padding (43 characters).${hexHint(seed)}`,
      {
        kind: "invalid_seed",
      },
    );
  }
}

/** As most tools print a seed. Read as base64url it is one of another length. */
const hexHint = (seed: unknown): string =>
  typeof seed === "string" && /^(0x)?[0-9a-f]{64}$/i.test(seed)
    ? ' It looks like hexadecimal: base64url is wanted, as Buffer.from(hex, "hex").toString("base64url") makes it.'
    : "";

function readPublicKey(publicKey: unknown): Uint8Array {
  const bytes = readKey(publicKey);
  if (bytes !== undefined && !isSmallOrder(bytes)) return bytes;
  const what =
    bytes === undefined
      ? "must be 32 bytes, or base64url of them without padding."
      : "is a point of small order, such as all zeros, and no key: give your signer's.";
  throw new SignError(`signer.publicKey: ${what}`, { kind: "invalid_seed" });
}

/** A 32-byte public key, as bytes or base64url; `undefined` when it is neither. */
export function readKey(key: unknown): Uint8Array | undefined {
  try {
    const bytes = isBytes(key) ? new Uint8Array(key) : b64uToBytes(key as string);
    return bytes.length === 32 ? bytes : undefined;
  } catch {
    return undefined;
  }
}
