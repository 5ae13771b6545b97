import { sha256 } from "@noble/hashes/sha2.js";
import { toHex } from "../../encoding/hex.js";
import { toUtf8 } from "../../encoding/utf8.js";
import type { Journal } from "../../journal/Journal.js";
import { openRows } from "../../journal/rows.js";
import type { Chain } from "../../link/chains.js";
import type { RateLimit } from "../policy.js";

/** A service provider as it is kept. */
export type User = {
  readonly id: string;
  readonly role: "service_provider";
  readonly name: string;
  readonly logo?: string;
  readonly homepage?: string;
  readonly allowed_return_origins: readonly string[];
  /** Nothing: all that octane supports. */
  readonly supported_chains?: readonly Chain[];
  /** Nothing: octane's own. */
  readonly rate_limit?: RateLimit;
  /** RFC 3339. */
  readonly created_at: string;
};

/** An API key as it is kept: nobody can read it from here. */
export type ApiKey = {
  readonly id: string;
  /** SHA-256, hex. */
  readonly hash: string;
  readonly last_four: string;
  readonly user_id: string;
  readonly created_at: string;
};

/** A key a service provider signs with; base64url of 32 bytes. */
export type SigningKey = {
  readonly public_key: string;
  readonly user_id: string;
  readonly created_at: string;
};

/** What is kept of service providers, in three tables. */
export type Users = {
  readonly users: ReadonlyMap<string, User>;
  readonly apiKeys: ReadonlyMap<string, ApiKey>;
  /** By user. */
  readonly signingKeys: ReadonlyMap<string, readonly SigningKey[]>;
  put(user: User): void;
  putApiKey(key: ApiKey): void;
  putSigningKey(key: SigningKey): void;
  removeApiKey(id: string): void;
  removeSigningKey(userId: string, publicKey: string): void;
  /** With all keys. */
  remove(id: string): void;
  /** Takes what the journal's rows are now in the place of what was known. */
  reload(): void;
};

/** What is kept in the place of an API key. */
export function hashOf(apiKey: string): string {
  return toHex(sha256(toUtf8(apiKey)));
}

/** Makes the three tables, filled with what was there. */
export function createUsers(journal: Journal): Users {
  const userRows = openRows<User>(journal, "users", [
    "allowed_return_origins",
    "supported_chains",
    "rate_limit",
  ]);
  const apiKeyRows = openRows<ApiKey>(journal, "api_keys");
  const signingKeyRows = openRows<SigningKey>(journal, "signing_keys");
  const users = new Map<string, User>();
  const apiKeys = new Map<string, ApiKey>();
  const signingKeys = new Map<string, SigningKey[]>();
  const addSigningKey = (key: SigningKey): void => {
    const others = (signingKeys.get(key.user_id) ?? []).filter((each) => each.public_key !== key.public_key);
    signingKeys.set(key.user_id, [...others, key]);
  };
  const reload = (): void => {
    for (const each of [users, apiKeys, signingKeys]) each.clear();
    for (const [id, user] of userRows.all()) users.set(id, user);
    for (const [id, key] of apiKeyRows.all()) apiKeys.set(id, key);
    for (const [, key] of signingKeyRows.all()) addSigningKey(key);
  };
  reload();

  const removeApiKey = (id: string): void => {
    if (apiKeys.delete(id)) apiKeyRows.remove(id);
  };
  const removeSigningKey = (userId: string, publicKey: string): void => {
    const left = (signingKeys.get(userId) ?? []).filter(({ public_key }) => public_key !== publicKey);
    signingKeys.set(userId, left);
    signingKeyRows.remove(`${userId} ${publicKey}`);
  };

  return {
    users,
    apiKeys,
    signingKeys,
    put: (user) => {
      users.set(user.id, user);
      userRows.put(user.id, user);
    },
    putApiKey: (key) => {
      apiKeys.set(key.id, key);
      apiKeyRows.put(key.id, key);
    },
    putSigningKey: (key) => {
      addSigningKey(key);
      signingKeyRows.put(`${key.user_id} ${key.public_key}`, key);
    },
    removeApiKey,
    removeSigningKey,
    remove: (id) => {
      for (const key of [...apiKeys.values()]) if (key.user_id === id) removeApiKey(key.id);
      for (const { public_key } of signingKeys.get(id) ?? []) removeSigningKey(id, public_key);
      signingKeys.delete(id);
      if (users.delete(id)) userRows.remove(id);
    },
    reload,
  };
}
