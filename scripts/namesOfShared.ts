import { basename, relative } from "node:path";
import type { Metafile } from "esbuild";

/**
 * What to call the files that several entries share, by the names that esbuild gave them: after these entries, since a hash
 * would differ after each change.
 *
 * @throws Error if two would have one name.
 */
export function namesOfShared({ outputs }: Pick<Metafile, "outputs">): ReadonlyMap<string, string> {
  const files = Object.keys(outputs);
  const entries = files.filter((file) => outputs[file]?.entryPoint !== undefined);
  const shared = files.filter((file) => !entries.includes(file));
  const names = new Map(shared.map((file) => [basename(file), `${usersOf(file, entries, outputs)}.js`]));
  if (new Set(names.values()).size < names.size)
    throw new Error(`Two files are shared by the same entries: ${[...names.values()].join(", ")}.`);
  return names;
}

type Outputs = Metafile["outputs"];

/** The entries that cannot do without the file. */
function usersOf(file: string, entries: readonly string[], outputs: Outputs): string {
  const users = entries.filter((entry) => reaches(entry, file, outputs));
  return users.map(entryName).sort().join("-");
}

/** `dist/pairing/index.js` is the entry `pairing`. */
const entryName = (file: string): string =>
  relative("dist", file)
    .replace(/\.js$/, "")
    .replace(/[\\/]index$/, "")
    .replaceAll(/[\\/]/g, ".");

function reaches(from: string, file: string, outputs: Outputs, seen = new Set<string>()): boolean {
  if (from === file) return true;
  if (seen.has(from)) return false;
  seen.add(from);
  const imports = outputs[from]?.imports ?? [];
  return imports.some(({ path, kind }) => kind === "import-statement" && reaches(path, file, outputs, seen));
}
