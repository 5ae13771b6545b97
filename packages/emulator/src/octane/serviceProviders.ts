import { rfc3339 } from "../clock/moment.js";
import { type Chain, chains } from "../link/chains.js";
import { uuid } from "../random.js";
import type { OctaneState } from "./call.js";
import type { RateLimit } from "./policy.js";
import { revoke } from "./revoke.js";
import { changedUser, requirePublicKey, type SpChange } from "./spChange.js";

/** A service provider as its administrator sees it: no secret in it. */
export type ServiceProvider = {
  readonly id: string;
  readonly role: "service_provider";
  readonly name: string;
  readonly logo?: string;
  readonly homepage?: string;
  readonly allowed_return_origins: readonly string[];
  /** What it may use of the chains that octane's policy supports. */
  readonly supported_chains: readonly Chain[];
  /** Its own, in the place of the policy's. */
  readonly rate_limit?: RateLimit;
  readonly api_keys: readonly {
    readonly id: string;
    readonly last_four: string;
    readonly created_at: string;
  }[];
  /** Base64url of 32 bytes each. */
  readonly signing_keys: readonly { readonly public_key: string; readonly created_at: string }[];
};

/** The service providers of one octane, as its administrator manages them. Each of them throws a TypeError where the id is unknown. */
export type SpRegistry = {
  list(): readonly ServiceProvider[];
  /** Registers one by its first public key; its API key is shown once. */
  register(change: SpChange & { readonly name: string }, publicKey: string): { id: string; apiKey: string };
  update(id: string, change: SpChange): void;
  remove(id: string): void;
  addApiKey(id: string): { apiKey: string };
  removeApiKey(id: string, keyId: string): void;
  addSigningKey(id: string, publicKey: string): void;
  removeSigningKey(id: string, publicKey: string): void;
};

/** What manages the service providers of that octane. */
export function createServiceProviders(octane: OctaneState): SpRegistry {
  const { sps, emit, randomBytes, clock } = octane;
  const found = (id: string): ReturnType<typeof sps.all>[number] => {
    const one = sps.all().find(({ user }) => user.id === id);
    if (one !== undefined) return one;
    throw new TypeError(`There is no service provider ${JSON.stringify(id)}: sps.list() has the ids.`);
  };
  const changed = (id: string): void => emit("sp_changed", { sp_id: id });
  return {
    list: () => sps.all().map(shown),
    register: (change, publicKey) => {
      const id = uuid(randomBytes);
      const blank = { id, role: "service_provider", name: "", allowed_return_origins: [] } as const;
      const user = changedUser({ ...blank, created_at: rfc3339(clock.now()) }, change);
      const { apiKey } = sps.add(user, requirePublicKey(publicKey));
      changed(id);
      return { id, apiKey };
    },
    update: (id, change) => {
      sps.update(changedUser(found(id).user, change));
      changed(id);
    },
    remove: (id) => {
      found(id);
      for (const { pair_id } of octane.pairings.ofSp(id)) void revoke(octane, pair_id);
      octane.idempotency.clear(id);
      sps.remove(id);
      changed(id);
    },
    addApiKey: (id) => {
      found(id);
      const key = sps.addApiKey(id);
      changed(id);
      return key;
    },
    removeApiKey: (id, keyId) => {
      if (!found(id).apiKeys.some((key) => key.id === keyId)) {
        throw new TypeError(
          `This service provider has no API key ${JSON.stringify(keyId)}: sps.list() has the ids.`,
        );
      }
      sps.removeApiKey(keyId);
      changed(id);
    },
    addSigningKey: (id, publicKey) => {
      found(id);
      sps.addSigningKey(id, requirePublicKey(publicKey));
      changed(id);
    },
    removeSigningKey: (id, publicKey) => {
      if (!found(id).signingKeys.some(({ public_key }) => public_key === publicKey)) {
        throw new TypeError(`This service provider has no signing key ${JSON.stringify(publicKey)}.`);
      }
      sps.removeSigningKey(id, publicKey);
      changed(id);
    },
  };
}

type Kept = ReturnType<OctaneState["sps"]["all"]>[number];

function shown({ user, apiKeys, signingKeys }: Kept): ServiceProvider {
  const { created_at: _, supported_chains, ...rest } = user;
  return structuredClone({
    ...rest,
    supported_chains: supported_chains ?? chains,
    api_keys: apiKeys.map(({ id, last_four, created_at }) => ({ id, last_four, created_at })),
    signing_keys: signingKeys.map(({ public_key, created_at }) => ({ public_key, created_at })),
  });
}
