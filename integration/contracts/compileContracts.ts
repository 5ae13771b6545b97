import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type CompiledContract, compileSolidity } from "@sigil/testing/solidity";

const names = ["Delegate", "Greeter", "Token", "Verifier"] as const;

export type Contracts = Readonly<Record<(typeof names)[number], CompiledContract>>;

/**
 * Compiles every contract of this folder. The result is kept under node_modules/.cache, since loading the compiler
 * takes seconds during which nothing else in the process moves.
 */
export function compileContracts(): Contracts {
  const folder = new URL(".", import.meta.url);
  const files = readdirSync(folder).filter((file) => file.endsWith(".sol"));
  const sources = Object.fromEntries(
    files.map((file) => [file, readFileSync(new URL(file, folder), "utf8")]),
  );
  const cache = new URL("../node_modules/.cache/contracts/", folder);
  const entry = new URL(`${keyOf(sources)}.json`, cache);
  const contracts = read(entry) ?? compileInto(entry, cache, sources);
  return Object.fromEntries(names.map((name) => [name, get(contracts, name)])) as Contracts;
}

type Compiled = Readonly<Record<string, CompiledContract>>;

/** All that the bytecode depends on: the sources, the compiler, and the settings it is run with. */
function keyOf(sources: Readonly<Record<string, string>>): string {
  const settings = createRequire(import.meta.url).resolve("@sigil/testing/solidity");
  const compiler = createRequire(settings).resolve("solc/package.json");
  const inputs = [JSON.stringify(sources), readFileSync(settings), readFileSync(compiler)];
  const hash = createHash("sha256");
  for (const input of inputs) hash.update(input).update("\0");
  return hash.digest("hex");
}

function read(entry: URL): Compiled | undefined {
  try {
    return JSON.parse(readFileSync(entry, "utf8")) as Compiled;
  } catch {
    return undefined;
  }
}

/** Renamed into place, so that a test file that reads at the same moment never sees half of it. */
function compileInto(entry: URL, cache: URL, sources: Readonly<Record<string, string>>): Compiled {
  const contracts = compileSolidity(sources);
  const draft = new URL(`${process.pid}-${Date.now()}.tmp`, cache);
  mkdirSync(cache, { recursive: true });
  writeFileSync(draft, JSON.stringify(contracts));
  renameSync(draft, entry);
  return contracts;
}

function get(contracts: Compiled, name: string): CompiledContract {
  const contract = contracts[name];
  if (contract === undefined) throw new Error(`No file in integration/contracts defines ${name}.`);
  return contract;
}
