import { fromBase64Url, toBase64Url } from "./encoding/base64url.js";
import { publicKeyOf } from "./internal/ed25519.js";
import type { Journal } from "./journal/Journal.js";
import { openRows } from "./journal/rows.js";
import type { Octane } from "./octane/octane.js";
import type { SpOptions } from "./options.js";
import type { RandomBytes } from "./random.js";

/** What a service provider needs to talk to this emulator. Bytes are base64url without padding. */
export type EmulatorSp = {
  /** A UUID, by which `emulator.sps` knows it. */
  readonly id: string;
  /** The Bearer token, `sk_test_emulator_…`. */
  readonly apiKey: string;
  /** The 32-byte seed of the Ed25519 key the service provider signs with. */
  readonly privateKeySeed: string;
  /** The 32-byte public half of that key. */
  readonly publicKey: string;
  /** The 32-byte Ed25519 public key octane signs with. */
  readonly octanePublicKey: string;
};

/** A service provider makes its own key; octane gets the public half. */
export function addSp(octane: Octane, randomBytes: RandomBytes, options: SpOptions): EmulatorSp {
  const seed = randomBytes(32);
  const publicKey = toBase64Url(publicKeyOf(seed));
  const name = options.name ?? `Test service provider ${octane.sps.list().length + 1}`;
  const { id, apiKey } = octane.sps.register({ ...options, name }, publicKey);
  return withKeys(octane, { id, apiKey, privateKeySeed: toBase64Url(seed) });
}

type Credentials = Pick<EmulatorSp, "id" | "apiKey" | "privateKeySeed">;

/**
 * The service provider of a journal, or a new one. Its credentials are in there: whoever starts an emulator again has them
 * in a configuration. Where one of them was removed, it gets another.
 */
export function firstSp(
  octane: Octane,
  journal: Journal,
  randomBytes: RandomBytes,
  make: () => EmulatorSp,
): EmulatorSp {
  const rows = openRows<{ readonly sp: Credentials }>(journal, "settings", ["sp"]);
  const kept = new Map(rows.all()).get("sp")?.sp;
  const sp = (kept === undefined ? undefined : working(octane, randomBytes, kept)) ?? make();
  const { id, apiKey, privateKeySeed } = sp;
  if (apiKey !== kept?.apiKey || privateKeySeed !== kept.privateKeySeed) {
    rows.put("sp", { sp: { id, apiKey, privateKeySeed } });
  }
  return sp;
}

/** These credentials, with others for those that octane takes no more; nothing where the provider itself is gone. */
function working(octane: Octane, randomBytes: RandomBytes, kept: Credentials): EmulatorSp | undefined {
  const { id } = kept;
  const known = octane.sps.list().find((each) => each.id === id);
  if (known === undefined) return undefined;
  const apiKey = octane.knows(id, kept.apiKey) ? kept.apiKey : octane.sps.addApiKey(id).apiKey;
  const sp = withKeys(octane, { ...kept, apiKey });
  if (known.signing_keys.some(({ public_key }) => public_key === sp.publicKey)) return sp;
  const other = withKeys(octane, { id, apiKey, privateKeySeed: toBase64Url(randomBytes(32)) });
  octane.sps.addSigningKey(id, other.publicKey);
  return other;
}

function withKeys(octane: Octane, { id, apiKey, privateKeySeed }: Credentials): EmulatorSp {
  const seed = fromBase64Url(privateKeySeed) ?? new Uint8Array(32);
  const publicKey = toBase64Url(publicKeyOf(seed));
  return Object.freeze({ id, apiKey, privateKeySeed, publicKey, octanePublicKey: octane.publicKey });
}
