/** Where a command writes. A stream of Node's is one. */
export type Output = {
  readonly write: (text: string) => unknown;
  /** Whether a person reads it: only then there are colours, a QR code and a countdown. */
  readonly isTTY?: boolean | undefined;
  /** How many characters fit in a line. */
  readonly columns?: number | undefined;
};

/** Where a command reads what is typed. Node's `process.stdin` is one. */
export type Input = {
  readonly isTTY?: boolean | undefined;
  readonly on: (event: "data", listener: (data: unknown) => void) => unknown;
  readonly off: (event: "data", listener: (data: unknown) => void) => unknown;
  readonly pause: () => unknown;
};

/** Environment variables by their names. */
export type Env = Readonly<Record<string, string | undefined>>;

/**
 * All that a command has of the world around it. Tests hand in their own.
 *
 * @example
 * ```ts
 * const lines: string[] = [];
 * const output = { write: (text: string) => lines.push(text) };
 * await main(["keygen"], { stdout: output, stderr: output, env: {} }); // 0
 * ```
 */
export type Io = {
  readonly stdout: Output;
  readonly stderr: Output;
  /** Default: nothing is typed. */
  readonly stdin?: Input | undefined;
  readonly env: Env;
  /** Aborted when the user interrupts; its reason is the name of the signal, such as `SIGINT`. */
  readonly signal?: AbortSignal | undefined;
  /** In place of the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch | undefined;
};
