/** One row: flat, so that any store can hold it. Nested values are JSON text. */
export type Row = Readonly<Record<string, string | number | null>>;

/** What is kept, in the vendor's words where there are any. */
export const tables = [
  /** Service providers: id, role, name, logo, homepage, what they may do. */
  "users",
  /** SHA-256 of each API key (hex), its last four characters, whose it is. */
  "api_keys",
  /** Ed25519 public keys of service providers (base64url), whose they are. */
  "signing_keys",
  "sessions",
  "pairings",
  /** Answers by `Idempotency-Key`: whose key, what was asked, what was answered. */
  "sign_requests",
  /** Identity seed, mnemonic, imported keys, whether it is online. Secret. */
  "appliances",
  /** What each appliance holds of its pairings: bindings, the owner's code, wrong codes, state. Secret. */
  "appliance_pairs",
  /** Octane's key, policy, rules, and the first service provider's own credentials. Secret. */
  "settings",
] as const;

/** The name of a table. */
export type Table = (typeof tables)[number];

/**
 * The seam to storage. Memory is what octane and the appliances work on; each says here which row has changed, and waits
 * for {@link Journal.safe} before it lets an answer out.
 *
 * @example
 * ```ts
 * const rows = new Map<string, Row>();
 * const journal: Journal = {
 *   put: (table, id, row) => void (row === undefined ? rows.delete(`${table} ${id}`) : rows.set(`${table} ${id}`, row)),
 *   safe: async () => {},
 *   rows: (table) => [...rows].filter(([key]) => key.startsWith(`${table} `)).map(([key, row]) => [key.slice(table.length + 1), row]),
 * };
 * createEmulator({ journal });
 * ```
 */
export type Journal = {
  /** A row as it is from now on; `undefined` where it is no more. Synchronous: nothing is written yet. */
  readonly put: (table: Table, id: string, row: Row | undefined) => void;
  /**
   * Resolves once all rows told so far are in storage, all of them or none after a crash. Rejects where they cannot be
   * written: then the answer does not leave.
   */
  readonly safe: () => Promise<void>;
  /** What was there at the start, by id, in the order in which the ids were first put. Synchronous. */
  readonly rows: (table: Table) => Iterable<readonly [id: string, row: Row]>;
  /**
   * Looks whether somebody else has written to `users`, `api_keys` or `signing_keys` meanwhile, and where so calls `reload`,
   * during which {@link Journal.rows} gives these tables as they are now. Left out where nobody else can write.
   */
  readonly refresh?: (reload: () => void) => Promise<void>;
};
