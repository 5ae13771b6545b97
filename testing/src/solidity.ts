import { createRequire } from "node:module";
import type { Abi } from "viem";

export type CompiledContract = { readonly abi: Abi; readonly bytecode: `0x${string}` };

type Solc = { readonly compile: (input: string) => string };
type Diagnostic = { readonly severity: string; readonly formattedMessage: string };
type Output = {
  readonly errors?: readonly Diagnostic[];
  readonly contracts?: Readonly<
    Record<string, Readonly<Record<string, { abi: Abi; evm: { bytecode: { object: string } } }>>>
  >;
};

/**
 * Compiles Solidity sources (file name → source) and returns every contract in them by its name.
 * `evmVersion` is Cancun, so the code runs on each hardfork that the tests start.
 *
 * @throws Error with the compiler's own messages, or if two files define a contract of the same name.
 */
export function compileSolidity(files: Readonly<Record<string, string>>): Record<string, CompiledContract> {
  const output = JSON.parse(loadSolc().compile(JSON.stringify(toInput(files)))) as Output;
  const errors = (output.errors ?? []).filter(({ severity }) => severity === "error");
  if (errors.length > 0) {
    const messages = errors.map(({ formattedMessage }) => formattedMessage.trimEnd());
    throw new Error(`The Solidity sources do not compile.\n\n${messages.join("\n\n")}`);
  }
  return byName(output);
}

function toInput(files: Readonly<Record<string, string>>): object {
  const sources = Object.entries(files).map(([name, content]) => [name, { content }] as const);
  return {
    language: "Solidity",
    sources: Object.fromEntries(sources),
    settings: {
      evmVersion: "cancun",
      optimizer: { enabled: true, runs: 200 },
      outputSelection: { "*": { "*": ["abi", "evm.bytecode.object"] } },
    },
  };
}

function byName({ contracts = {} }: Output): Record<string, CompiledContract> {
  const found = new Map<string, CompiledContract>();
  for (const [file, inFile] of Object.entries(contracts)) {
    for (const [name, { abi, evm }] of Object.entries(inFile)) {
      if (found.has(name)) throw new Error(`Two contracts are named ${name}; rename the one in ${file}.`);
      found.set(name, { abi, bytecode: `0x${evm.bytecode.object}` });
    }
  }
  return Object.fromEntries(found);
}

let solc: Solc | undefined;

// Loaded at the first use: it is 8 MB of wasm. Its loader puts process-wide listeners for failures in place
// (one rethrows every unhandled rejection); they are taken off again, so that no test's failure changes shape.
function loadSolc(): Solc {
  solc ??= withoutNewListeners(() => createRequire(import.meta.url)("solc") as Solc);
  return solc;
}

const failureEvents = ["uncaughtException", "unhandledRejection"] as const;

function withoutNewListeners<T>(load: () => T): T {
  const before = failureEvents.map((event) => process.rawListeners(event));
  try {
    return load();
  } finally {
    for (const [index, event] of failureEvents.entries()) {
      for (const listener of process.rawListeners(event)) {
        if (!before[index]?.includes(listener)) {
          process.removeListener(event, listener as (...args: unknown[]) => void);
        }
      }
    }
  }
}
