// A process of its own, whose trusted authorities are fixed when it starts: each call at each URL of its arguments, and what
// came of it, as JSON.
import { createNodeFetch } from "@sigil/astrotrain/node";
import { type CallName, callNames, calls, isWait } from "./calls.js";

// As the tests that started it have it.
if (process.env.SIGIL_FIGURES_WITH === "createNodeFetch") globalThis.fetch = createNodeFetch();

/** Names, system codes and messages, along the causes: by the code alone Node's HTTP client says no more than that TLS failed. */
const causes = (error: unknown): string[] => {
  const { name, code, message, cause } = error as Error & { code?: unknown };
  return [name, String(code), message, ...(cause instanceof Error ? causes(cause) : [])];
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
