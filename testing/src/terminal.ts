import type { IPty } from "@lydell/node-pty";

// Native code, which is not prebuilt for every platform: there its import fails.
const pty = await import("@lydell/node-pty").catch(() => undefined);

/** A program in a terminal of its own. */
export type Terminal = {
  readonly pid: number;
  /** All that it printed so far, as a terminal got it. */
  readonly text: () => string;
  /** Waits until it has printed what is looked for, and gives the match. */
  readonly until: (what: RegExp) => Promise<RegExpExecArray>;
  readonly type: (keys: string) => void;
  /** Its exit code; a signal that ended it is 128 and its number. */
  readonly ended: Promise<number>;
  readonly kill: () => void;
};

/** Whether a terminal can be opened on this platform. */
export async function canOpenTerminal(): Promise<boolean> {
  try {
    return (await openTerminal(["sh", "-c", "exit 7"]).ended) === 7;
  } catch {
    return false;
  }
}

/**
 * Starts a program in a pseudo-terminal: it believes that a person sits before it. Of this process' variables it gets `PATH`
 * and `HOME` alone.
 *
 * @example
 * const { until, type, ended } = openTerminal(["node"]);
 * await until(/> /);
 * type(".exit\r");
 * await ended; // 0
 */
export function openTerminal(
  [file, ...args]: readonly [string, ...string[]],
  { env = {}, cwd }: { readonly env?: Readonly<Record<string, string>>; readonly cwd?: string } = {},
): Terminal {
  const { PATH = "", HOME = "" } = process.env;
  if (pty === undefined)
    throw new Error("No terminal on this platform: @lydell/node-pty is not prebuilt for it.");
  const opened: IPty = pty.spawn(file, args, {
    cols: 100,
    rows: 40,
    cwd: cwd ?? process.cwd(),
    env: { PATH, HOME, TERM: "xterm-256color", ...env },
  });
  let printed = "";
  const looking = new Set<() => void>();
  opened.onData((data) => {
    printed += data;
    for (const look of looking) look();
  });
  const ended = new Promise<number>((resolve) => {
    opened.onExit(({ exitCode, signal }) =>
      resolve(signal === undefined || signal === 0 ? exitCode : 128 + signal),
    );
  });
  const until = (what: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const match = what.exec(printed);
        if (match === null) return;
        looking.delete(look);
        resolve(match);
      };
      looking.add(look);
      look();
      void ended.then((code) =>
        reject(new Error(`It ended with ${code} before it printed ${what}:\n${printed}`)),
      );
    });
  return {
    pid: opened.pid,
    text: () => printed,
    until,
    type: (keys) => opened.write(keys),
    ended,
    kill: () => opened.kill("SIGKILL"),
  };
}
