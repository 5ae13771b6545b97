// A process of its own, whose trusted authorities are fixed when it starts: each call at each URL of its arguments, and what
// came of it, as JSON.
import { type CallName, callNames, calls, isWait } from "./calls.js";

/** Names and system codes, along the causes. */
const causes = (error: unknown): string[] => {
  const { name, code, cause } = error as { name?: string; code?: unknown; cause?: unknown };
  return [String(name), String(code), ...(cause instanceof Error ? causes(cause) : [])];
};

/** The first URL is the one that answers. Of the others, what waits would ask for as long as it may. */
async function outcomesAt(octaneUrl: string, i: number) {
  const ask = async (name: CallName) => {
    try {
      await calls[name]({ octaneUrl, timeoutMs: i > 0 && isWait(name) ? 2_000 : 30_000 });
      return { name, kind: "answered", causes: [] };
    } catch (error) {
      return { name, kind: (error as { kind?: string }).kind ?? "untyped", causes: causes(error) };
    }
  };
  return Promise.all(callNames.map(ask));
}

const outcomes = await Promise.all(process.argv.slice(2).map(outcomesAt));
process.stdout.write(JSON.stringify(outcomes));
// Node's fetch keeps its connections for a while.
process.exit(0);
