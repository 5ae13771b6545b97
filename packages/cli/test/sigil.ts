import { createEmulator, type Emulator, type EmulatorOptions } from "@sigil/emulator";
import { type Env, main } from "../src/index.js";

/** How a run of `sigil` ended, and what it printed. */
export type Ended = { readonly code: number; readonly out: string; readonly err: string };

export type RunOptions = {
  readonly env?: Env;
  readonly fetch?: typeof globalThis.fetch;
  readonly signal?: AbortSignal;
  /** Makes stdout and stderr terminals. */
  readonly isTTY?: boolean;
  readonly columns?: number;
  /** Called with all that stdout has so far. */
  readonly onOut?: (soFar: string) => void;
};

/** Runs `sigil` in this process. */
export async function sigil(argv: readonly string[], options: RunOptions = {}): Promise<Ended> {
  const { env = {}, isTTY, columns, onOut, ...rest } = options;
  let out = "";
  let err = "";
  const stdout = {
    isTTY,
    columns,
    write: (text: string) => {
      out += text;
      onOut?.(out);
    },
  };
  const stderr = {
    isTTY,
    columns,
    write: (text: string) => {
      err += text;
      if (argv.includes("--json")) onOut?.(err);
    },
  };
  const code = await main(argv, { stdout, stderr, env, ...rest });
  return { code, out, err };
}

/** An emulator in this process, and `sigil` set up for it. */
export function setUp(options: EmulatorOptions = {}): {
  readonly emulator: Emulator;
  readonly env: Record<string, string>;
  readonly run: (argv: readonly string[], more?: RunOptions) => Promise<Ended>;
  /** Pairs by `sigil pair`, whose link the owner opens, and remembers the pair in `env`. */
  readonly pair: (...argv: readonly string[]) => Promise<string>;
} {
  const emulator = createEmulator(options);
  const env: Record<string, string> = {
    SIGIL_OCTANE_URL: "http://127.0.0.1:8124",
    SIGIL_API_KEY: emulator.sp.apiKey,
    SIGIL_SP_SEED: emulator.sp.privateKeySeed,
  };
  const run = (argv: readonly string[], more: RunOptions = {}): Promise<Ended> =>
    sigil(argv, { env, fetch: emulator.fetch, ...more });
  const pair = async (...argv: readonly string[]): Promise<string> => {
    const { out } = await run(["pair", "--json", ...argv], { onOut: opens(emulator) });
    const { pairId } = JSON.parse(out) as { pairId: string };
    env.SIGIL_PAIR_ID = pairId;
    return pairId;
  };
  return { emulator, env, run, pair };
}

/** The owner, who opens the link as soon as it is there. */
export function opens(emulator: Emulator): (soFar: string) => void {
  let opened = false;
  return (soFar) => {
    const [link] = /https:\/\/\S+&v=\d{6}/.exec(soFar) ?? [];
    if (opened || link === undefined) return;
    opened = true;
    void emulator.appliance.open(link);
  };
}
