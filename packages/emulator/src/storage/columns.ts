import type { ApplianceRow } from "../appliance/appliance.js";
import type { PairRow } from "../appliance/pairs.js";
import type { Row, Table } from "../journal/Journal.js";
import type { Answer } from "../octane/answer.js";
import type { Pairing } from "../octane/stores/pairings.js";
import type { Session } from "../octane/stores/sessions.js";
import type { ApiKey, SigningKey, User } from "../octane/stores/users.js";

/** A value in the database. */
export type Value = string | number | null;

/** How the rows of one table stand in the database. */
export type Columns = {
  /** All of them but what the database fills in by itself. */
  readonly names: readonly string[];
  /** Those that tell one row from another. */
  readonly key: readonly string[];
  readonly keyOf: (id: string) => readonly Value[];
  readonly toValues: (id: string, row: Row) => readonly Value[];
  readonly toRow: (values: Readonly<Record<string, Value>>) => readonly [id: string, row: Row];
};

type SignRequest = Answer & { readonly user_id: string; readonly key: string; readonly fingerprint: string };

/** By each field the name of its column. A field that is added to the type and not here does not compile. */
type ColumnOf<Value extends object> = { readonly [Field in keyof Required<Value>]: string };

function columns<Value extends object>(fields: ColumnOf<Value>, ...key: readonly string[]): Columns {
  const pairs = Object.entries<string>(fields);
  return {
    names: pairs.map(([, column]) => column),
    key,
    keyOf: (id) => (key.length === 1 ? [id] : split(id)),
    toValues: (_, row) => pairs.map(([field]) => row[field] ?? null),
    toRow: (values) => [
      key.map((column) => values[column]).join(" "),
      Object.fromEntries(pairs.map(([field, column]) => [field, values[column] ?? null])),
    ],
  };
}

/** Where two columns tell rows apart, the first of them, a user's id, has no space in it. */
function split(id: string): readonly Value[] {
  const at = id.indexOf(" ");
  return [id.slice(0, at), id.slice(at + 1)];
}

/** One row for each setting, whatever is in it. */
const settings: Columns = {
  names: ["name", "value"],
  key: ["name"],
  keyOf: (id) => [id],
  toValues: (id, row) => [id, JSON.stringify(row)],
  toRow: ({ name, value }) => [String(name), JSON.parse(String(value)) as Row],
};

/** All tables, those that others refer to first. */
export const columnsOf: Readonly<Record<Table, Columns>> = {
  users: columns<User>(
    {
      id: "id",
      role: "role",
      name: "name",
      logo: "logo",
      homepage: "homepage",
      allowed_return_origins: "allowed_return_origins",
      supported_chains: "supported_chains",
      rate_limit: "rate_limit",
      created_at: "created_at",
    },
    "id",
  ),
  api_keys: columns<ApiKey>(
    { id: "id", user_id: "user_id", hash: "key_hash", last_four: "last_four", created_at: "created_at" },
    "id",
  ),
  signing_keys: columns<SigningKey>(
    { user_id: "user_id", public_key: "public_key", created_at: "created_at" },
    "user_id",
    "public_key",
  ),
  sessions: columns<Session>(
    {
      session_id: "session_id",
      sp_id: "sp_id",
      sp_user_ref: "sp_user_ref",
      requested_scopes: "requested_scopes",
      expires_at_ms: "expires_at_ms",
      return_url: "return_url",
      frame: "frame",
    },
    "session_id",
  ),
  appliances: columns<ApplianceRow>(
    {
      id: "id",
      name: "name",
      identity_seed: "identity_seed",
      mnemonic: "mnemonic",
      wallets_per_chain: "wallets_per_chain",
      imported_keys: "imported_keys",
      online: "online",
    },
    "id",
  ),
  pairings: columns<Pairing>(
    {
      pair_id: "pair_id",
      sp_id: "sp_id",
      appliance_id: "appliance_id",
      sp_user_ref: "sp_user_ref",
      bindings: "bindings",
      state: "state",
      revoked_at_ms: "revoked_at_ms",
    },
    "pair_id",
  ),
  appliance_pairs: columns<PairRow>(
    {
      pair_id: "pair_id",
      appliance_id: "appliance_id",
      sp: "sp",
      sp_user_ref: "sp_user_ref",
      bindings: "bindings",
      state: "state",
      wrong_codes: "wrong_codes",
      code: "code",
    },
    "pair_id",
  ),
  sign_requests: columns<SignRequest>(
    {
      user_id: "user_id",
      key: "idempotency_key",
      fingerprint: "fingerprint",
      status: "status",
      body: "body",
      headers: "headers",
      requestId: "request_id",
    },
    "user_id",
    "idempotency_key",
  ),
  settings,
};
