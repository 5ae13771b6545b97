import { readdirSync, readFileSync } from "node:fs";
import { type CompiledContract, compileSolidity } from "@sigil/testing/solidity";

const names = ["Delegate", "Greeter", "Token", "Verifier"] as const;

/** Compiles every contract of this folder. */
export function compileContracts(): Record<(typeof names)[number], CompiledContract> {
  const folder = new URL(".", import.meta.url);
  const files = readdirSync(folder).filter((file) => file.endsWith(".sol"));
  const contracts = compileSolidity(
    Object.fromEntries(files.map((file) => [file, readFileSync(new URL(file, folder), "utf8")])),
  );
  return Object.fromEntries(names.map((name) => [name, get(contracts, name)])) as ReturnType<
    typeof compileContracts
  >;
}

function get(contracts: Readonly<Record<string, CompiledContract>>, name: string): CompiledContract {
  const contract = contracts[name];
  if (contract === undefined) throw new Error(`No file in integration/contracts defines ${name}.`);
  return contract;
}
