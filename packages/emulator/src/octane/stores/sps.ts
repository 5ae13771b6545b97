import { fromBase64Url, toBase64Url } from "../../encoding/base64url.js";
import { createVerifier } from "../../internal/ed25519.js";
import { type RandomBytes, uuid } from "../../random.js";
import { type ApiKey, hashOf, type SigningKey, type User, type Users } from "./users.js";

/** A service provider as octane knows it: no private half of any key. */
export type Sp = User & {
  /** The key added last, by which the appliance's owner may tell the provider. Base64url; empty where there is none. */
  readonly public_key: string;
  /** Whether this is an Ed25519 signature over the bytes by any of the provider's keys. */
  readonly verify: (signature: Uint8Array, bytes: Uint8Array) => Promise<boolean>;
};

/** Who asks: the provider, and with which of its API keys. */
export type Caller = { readonly sp: Sp; readonly apiKeyId: string };

/** The service providers of one octane, found by API key. */
export type Sps = {
  add(user: User, publicKey: string): { apiKey: string };
  find(apiKey: string): Caller | undefined;
  get(id: string): Sp | undefined;
  all(): readonly {
    readonly user: User;
    readonly apiKeys: readonly ApiKey[];
    readonly signingKeys: readonly SigningKey[];
  }[];
  update(user: User): void;
  addApiKey(userId: string): { apiKey: string };
  removeApiKey(id: string): void;
  addSigningKey(userId: string, publicKey: string): void;
  removeSigningKey(userId: string, publicKey: string): void;
  remove(id: string): void;
  /** Forgets all but the provider kept, which is again as it was. */
  restore(): void;
  /** Takes what the journal's rows are now in the place of what was known. */
  reload(): void;
  /** Takes this provider, as it is now, for what {@link Sps.restore} goes back to. */
  keep(id: string): void;
};

/** Makes a store over what is kept. */
export function createSps(users: Users, randomBytes: RandomBytes, at: () => string): Sps {
  const idByHash = new Map<string, string>();
  const known = new Map<string, Sp>();
  const index = (): void => {
    for (const each of [idByHash, known]) each.clear();
    for (const { id, hash } of users.apiKeys.values()) idByHash.set(hash, id);
  };
  index();
  const get = (id: string): Sp | undefined => {
    const user = users.users.get(id);
    if (user === undefined) return undefined;
    const made = known.get(id) ?? spOf(user, users.signingKeys.get(id) ?? []);
    known.set(id, made);
    return made;
  };
  const putApiKey = (key: ApiKey): void => {
    idByHash.set(key.hash, key.id);
    users.putApiKey(key);
  };
  const addApiKey = (user_id: string): { apiKey: string } => {
    const apiKey = `sk_test_emulator_${toBase64Url(randomBytes(24))}`;
    const last_four = apiKey.slice(-4);
    putApiKey({ id: uuid(randomBytes), hash: hashOf(apiKey), last_four, user_id, created_at: at() });
    return { apiKey };
  };
  const addSigningKey = (user_id: string, public_key: string): void => {
    known.delete(user_id);
    users.putSigningKey({ public_key, user_id, created_at: at() });
  };
  const all: Sps["all"] = () =>
    Array.from(users.users.values(), (user) => ({
      user,
      apiKeys: [...users.apiKeys.values()].filter(({ user_id }) => user_id === user.id),
      signingKeys: users.signingKeys.get(user.id) ?? [],
    }));
  let kept: ReturnType<Sps["all"]> = [];

  return {
    get,
    all,
    find: (apiKey) => {
      const apiKeyId = idByHash.get(hashOf(apiKey));
      const key = apiKeyId === undefined ? undefined : users.apiKeys.get(apiKeyId);
      const sp = key === undefined ? undefined : get(key.user_id);
      return sp === undefined || key === undefined ? undefined : { sp, apiKeyId: key.id };
    },
    add: (user, publicKey) => {
      users.put(user);
      addSigningKey(user.id, publicKey);
      return addApiKey(user.id);
    },
    update: (user) => {
      known.delete(user.id);
      users.put(user);
    },
    addApiKey,
    removeApiKey: users.removeApiKey,
    addSigningKey,
    removeSigningKey: (userId, publicKey) => {
      known.delete(userId);
      users.removeSigningKey(userId, publicKey);
    },
    remove: (id) => {
      known.delete(id);
      users.remove(id);
    },
    reload: () => {
      users.reload();
      index();
    },
    keep: (id) => {
      kept = all().filter(({ user }) => user.id === id);
    },
    restore: () => {
      known.clear();
      for (const id of [...users.users.keys()]) users.remove(id);
      for (const { user, apiKeys, signingKeys } of kept) {
        users.put(user);
        for (const key of apiKeys) putApiKey(key);
        for (const key of signingKeys) users.putSigningKey(key);
      }
    },
  };
}

function spOf(user: User, keys: readonly SigningKey[]): Sp {
  // What is no key, whoever wrote it into a row, must not stop those that are.
  const verifiers = keys.flatMap(({ public_key }) => {
    const bytes = fromBase64Url(public_key);
    return bytes?.length === 32 ? [createVerifier(bytes)] : [];
  });
  return {
    ...user,
    public_key: keys.at(-1)?.public_key ?? "",
    verify: async (signature, bytes) => {
      for (const verify of verifiers) if (await verify(signature, bytes)) return true;
      return false;
    },
  };
}
