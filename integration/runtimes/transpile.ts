import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { transform } from "esbuild";

/** Files of this folder as JavaScript, each for itself, by their names: their imports stay what they are. */
export async function transpile(...names: readonly string[]): Promise<Readonly<Record<string, string>>> {
  const files = names.map(async (name): Promise<readonly [string, string]> => {
    const source = readFileSync(new URL(name, import.meta.url), "utf8");
    const { code } = await transform(source, { loader: "ts", format: "esm", target: "es2022" });
    return [`${basename(name, ".ts")}.js`, code];
  });
  return Object.fromEntries(await Promise.all(files));
}
