/** A moment of RFC 3339 in UTC, one that there is: SQLite takes the 31st of any month, and gives it back as another day. */
const createdAt = `created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
        CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]*Z'
          AND strftime('%Y-%m-%dT%H:%M:%S', created_at, '+0 days') IS substr(created_at, 1, 19))`;

/**
 * The statements that lead from each version of the schema to the next, the first from nothing to version 1. What has been
 * released stays as it is: a change is another entry.
 *
 * Foreign keys stand where a row means nothing without the other. Sessions and pairings have none: they outlive a service
 * provider that is removed, as a record of what was revoked.
 */
export const steps: readonly (readonly string[])[] = [
  [
    `CREATE TABLE users (
      id TEXT PRIMARY KEY NOT NULL CHECK (id <> '' AND instr(id, ' ') = 0),
      role TEXT NOT NULL DEFAULT 'service_provider' CHECK (role = 'service_provider'),
      name TEXT NOT NULL CHECK (trim(name) <> ''),
      logo TEXT CHECK (logo LIKE 'https://%'),
      homepage TEXT CHECK (homepage LIKE 'https://%'),
      allowed_return_origins TEXT NOT NULL DEFAULT '[]'
        CHECK (json_valid(allowed_return_origins) AND json_type(allowed_return_origins) = 'array'),
      -- Said outright, since older versions of SQLite take NULL for JSON that is not valid.
      supported_chains TEXT CHECK (supported_chains IS NULL OR (json_valid(supported_chains)
        AND json_type(supported_chains) = 'array')),
      rate_limit TEXT CHECK (rate_limit IS NULL OR (json_valid(rate_limit)
        AND coalesce(json_type(rate_limit, '$.requests') = 'integer'
          AND json_extract(rate_limit, '$.requests') BETWEEN 0 AND ${Number.MAX_SAFE_INTEGER}, 0)
        AND coalesce(json_type(rate_limit, '$.perMs') IN ('integer', 'real')
          AND json_extract(rate_limit, '$.perMs') BETWEEN 1 AND ${2 ** 31 - 1}, 0))),
      ${createdAt}
    )`,
    `CREATE TABLE api_keys (
      id TEXT PRIMARY KEY NOT NULL DEFAULT (lower(hex(randomblob(16)))),
      user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
      key_hash TEXT NOT NULL UNIQUE CHECK (length(key_hash) = 64 AND key_hash NOT GLOB '*[^0-9a-f]*'),
      last_four TEXT NOT NULL CHECK (length(last_four) <= 4),
      ${createdAt}
    )`,
    `CREATE TABLE signing_keys (
      id TEXT PRIMARY KEY NOT NULL DEFAULT (lower(hex(randomblob(16)))),
      user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
      -- The last character has but four bits of the 32 bytes: with the two others set it would be another spelling of a key.
      public_key TEXT NOT NULL CHECK (length(public_key) = 43 AND public_key NOT GLOB '*[^A-Za-z0-9_-]*'
        AND public_key GLOB '*[AEIMQUYcgkosw048]'),
      ${createdAt},
      UNIQUE (user_id, public_key)
    )`,
    `CREATE TABLE sessions (
      session_id TEXT PRIMARY KEY NOT NULL,
      sp_id TEXT NOT NULL,
      sp_user_ref TEXT NOT NULL,
      requested_scopes TEXT NOT NULL CHECK (json_valid(requested_scopes)),
      expires_at_ms INTEGER NOT NULL,
      return_url TEXT,
      frame TEXT CHECK (frame IS NULL OR json_valid(frame))
    )`,
    `CREATE TABLE appliances (
      id TEXT PRIMARY KEY NOT NULL,
      name TEXT NOT NULL,
      identity_seed TEXT NOT NULL,
      mnemonic TEXT NOT NULL,
      wallets_per_chain INTEGER NOT NULL,
      imported_keys TEXT NOT NULL CHECK (json_valid(imported_keys)),
      online TEXT NOT NULL CHECK (online IN ('true', 'false'))
    )`,
    `CREATE TABLE pairings (
      pair_id TEXT PRIMARY KEY NOT NULL,
      sp_id TEXT NOT NULL,
      appliance_id TEXT NOT NULL,
      sp_user_ref TEXT NOT NULL,
      bindings TEXT NOT NULL CHECK (json_valid(bindings)),
      state TEXT NOT NULL CHECK (state IN ('pending', 'active', 'revoked')),
      revoked_at_ms INTEGER
    )`,
    `CREATE TABLE appliance_pairs (
      pair_id TEXT PRIMARY KEY NOT NULL,
      appliance_id TEXT NOT NULL REFERENCES appliances (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
      sp TEXT NOT NULL CHECK (json_valid(sp)),
      sp_user_ref TEXT NOT NULL,
      bindings TEXT NOT NULL CHECK (json_valid(bindings)),
      state TEXT NOT NULL CHECK (state IN ('pending', 'active', 'revoked')),
      wrong_codes INTEGER NOT NULL,
      code TEXT
    )`,
    `CREATE TABLE sign_requests (
      user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
      idempotency_key TEXT NOT NULL,
      fingerprint TEXT NOT NULL,
      status INTEGER NOT NULL,
      body TEXT NOT NULL CHECK (json_valid(body)),
      headers TEXT CHECK (json_valid(headers)),
      request_id TEXT NOT NULL,
      PRIMARY KEY (user_id, idempotency_key)
    )`,
    "CREATE TABLE settings (name TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL CHECK (json_valid(value)))",
  ],
];

/** The version that this package writes. */
export const schemaVersion: number = steps.length;
