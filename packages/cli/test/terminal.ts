import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type IPty, spawn } from "@lydell/node-pty";

const require = createRequire(import.meta.url);
const tsx = pathToFileURL(require.resolve("tsx")).href;
const bin = fileURLToPath(new URL("../src/bin.ts", import.meta.url));

/** `sigil` from its sources, as a shell starts it. */
export const command: readonly [string, ...string[]] = [
  process.execPath,
  "--conditions=@sigil/source",
  "--import",
  tsx,
  bin,
];

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

/** Starts a program in a pseudo-terminal: it believes that a person sits before it. */
export function openTerminal(
  [file, ...args]: readonly [string, ...string[]],
  { env = {}, cwd }: { readonly env?: Readonly<Record<string, string>>; readonly cwd?: string } = {},
): Terminal {
  const { PATH = "", HOME = "" } = process.env;
  const pty: IPty = spawn(file, args, {
    cols: 100,
    rows: 40,
    cwd: cwd ?? process.cwd(),
    env: { PATH, HOME, TERM: "xterm-256color", ...env },
  });
  let printed = "";
  const looking = new Set<() => void>();
  pty.onData((data) => {
    printed += data;
    for (const look of looking) look();
  });
  const ended = new Promise<number>((resolve) => {
    pty.onExit(({ exitCode, signal }) =>
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
    pid: pty.pid,
    text: () => printed,
    until,
    type: (keys) => pty.write(keys),
    ended,
    kill: () => pty.kill("SIGKILL"),
  };
}
