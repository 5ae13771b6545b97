/** What a step tells about itself while it runs. */
export type Report = {
  /** A few words for the step's line. */
  readonly fact: (text: string) => void;
  /** A line of its own below the step's. */
  readonly line: (text: string) => void;
};

/** All that the demo prints. */
export type Show = {
  readonly title: (text: string) => void;
  readonly text: (text: string) => void;
  /** What the user does on the phone. */
  readonly phone: (text: string) => void;
  /** Half-block characters, drawn white on black whatever the terminal's colours are. */
  readonly qr: (code: string) => void;
  /** The first row is the head. */
  readonly table: (rows: readonly (readonly string[])[]) => void;
  /** Runs a step and prints its line once it is done; what fails is told under the step's title. */
  readonly step: <T>(title: string, work: (report: Report) => Promise<T>) => Promise<T>;
  readonly fail: (error: unknown) => void;
  /** Nothing is printed from here on. */
  readonly mute: () => void;
};

type Output = { readonly isTTY?: boolean; readonly write: (text: string) => unknown };

/** Colours only on a terminal, and not where NO_COLOR is set (https://no-color.org). */
export function createShow(
  output: Output,
  errors: Output,
  env: Readonly<Record<string, string | undefined>>,
): Show {
  const { bold, dim, green, cyan, whiteOnBlack } = paints(output, env);
  const { red } = paints(errors, env);
  let muted = false;
  let current: string | undefined;
  const print = (text: string): void => {
    if (!muted) output.write(`${text}\n`);
  };

  return {
    title: (text) => print(`\n${bold(text)}`),
    text: print,
    phone: (text) => print(`  ${cyan("phone:")} ${text}`),
    qr: (code) => {
      const lines = code.split("\n").map((line) => `  ${whiteOnBlack(line)}`);
      print(`\n${lines.join("\n")}\n`);
    },
    table: (rows) => {
      for (const [index, row] of rows.entries()) {
        const line = alignRow(row, rows);
        print(`  ${index === 0 ? dim(line) : line}`);
      }
    },
    step: async (title, work) => {
      current = title;
      const started = performance.now();
      const facts: string[] = [];
      const lines: string[] = [];
      const value = await work({ fact: (text) => facts.push(text), line: (text) => lines.push(text) });
      facts.push(`${Math.round(performance.now() - started)} ms`);
      print(`${green("✓")} ${title}  ${dim(facts.join(" · "))}`);
      for (const line of lines) print(`  ${dim(line)}`);
      current = undefined;
      return value;
    },
    fail: (error) => {
      const where = current === undefined ? "Failed" : `Failed before “${current}”`;
      if (!muted) errors.write(`${red("✗")} ${where}: ${explain(error)}\n`);
    },
    mute: () => {
      muted = true;
    },
  };
}

function paints({ isTTY = false }: Output, env: Readonly<Record<string, string | undefined>>) {
  const coloured = isTTY && !env.NO_COLOR && env.TERM !== "dumb";
  const paint = (code: string) => (text: string) => (coloured ? `\x1b[${code}m${text}\x1b[0m` : text);
  return {
    bold: paint("1"),
    dim: paint("2"),
    red: paint("31"),
    green: paint("32"),
    cyan: paint("36"),
    whiteOnBlack: paint("38;5;231;48;5;16"),
  };
}

function alignRow(row: readonly string[], rows: readonly (readonly string[])[]): string {
  const width = (column: number): number => Math.max(...rows.map((each) => each[column]?.length ?? 0));
  return row
    .map((cell, column) => cell.padEnd(width(column)))
    .join("  ")
    .trimEnd();
}

/** One line: what failed, and the cause at the bottom of it. */
function explain(error: unknown): string {
  const outer = sentence(error);
  const root = rootOf(error);
  // At the bottom of a library's own errors is what the node sent, which the library has put into better words.
  return root === error || isLibrarys(root) ? outer : `${outer} ${sentence(root)}`;
}

const rootOf = (error: unknown): unknown =>
  error instanceof Error && error.cause instanceof Error ? rootOf(error.cause) : error;

/** viem's and ethers' errors have one; their message is longer. */
const isLibrarys = (error: unknown): error is Error & { readonly shortMessage: string } =>
  error instanceof Error && "shortMessage" in error && typeof error.shortMessage === "string";

const sentence = (error: unknown): string => {
  if (isLibrarys(error)) return error.shortMessage;
  return (error instanceof Error ? error.message : String(error)).split("\n").join(" ");
};

/** `0x1234…abcd` */
export const short = (hex: string): string => `${hex.slice(0, 6)}…${hex.slice(-4)}`;
