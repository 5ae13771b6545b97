// Puts the sources of each entry into as few files as can be: a process that begins with an emulator spends most of its
// time on finding modules. Libraries stay what they are, in node_modules. tsc writes the types, of which
// those stay that an entry leads to.

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { build } from "esbuild";

const { exports } = JSON.parse(readFileSync("package.json", "utf8"));
const entryPoints = Object.values(exports).flatMap(({ "@sigil/source": source }) => source ?? []);

const { outputFiles, metafile } = await build({
  entryPoints,
  outbase: "src",
  outdir: "dist",
  bundle: true,
  splitting: true,
  chunkNames: "shared/[hash]",
  format: "esm",
  platform: "neutral",
  packages: "external",
  tsconfig: "tsconfig.build.json",
  metafile: true,
  write: false,
});

/** What is shared stands in files named after the entries that share it: a hash would differ after each change. */
const names = new Map();
for (const [file, { entryPoint }] of Object.entries(metafile.outputs)) {
  if (entryPoint === undefined) names.set(basename(file), `${usersOf(file).join("-")}.js`);
}

for (const { path, text } of outputFiles) {
  const file = join(dirname(path), names.get(basename(path)) ?? basename(path));
  const code = [...names].reduce((done, [hash, name]) => done.replaceAll(`/${hash}"`, `/${name}"`), text);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, code);
}

/** The entries that cannot do without the file, each by its folder. */
function usersOf(file) {
  const entries = Object.entries(metafile.outputs).filter(([, { entryPoint }]) => entryPoint !== undefined);
  const users = entries.filter(([entry]) => reaches(entry, file));
  return users.map(([entry]) => relative("dist", dirname(entry)) || "index").sort();
}

function reaches(from, file, seen = new Set()) {
  if (from === file) return true;
  if (seen.has(from)) return false;
  seen.add(from);
  const { imports } = metafile.outputs[from] ?? { imports: [] };
  return imports.some(({ path, kind }) => kind === "import-statement" && reaches(path, file, seen));
}

const typed = new Set();
for (const { types } of Object.values(exports)) if (types !== undefined) followTypes(join(types));
for (const each of readdirSync("dist", { recursive: true })) {
  const file = join("dist", each);
  if (file.endsWith(".d.ts") && !typed.has(file)) rmSync(file);
}

/** Declarations name each other as the modules that they were made of. */
function followTypes(file) {
  if (typed.has(file)) return;
  typed.add(file);
  for (const [, path] of readFileSync(file, "utf8").matchAll(/(?:from |import\()"(\.[^"]+)\.js"/g))
    followTypes(join(dirname(file), `${path}.d.ts`));
}
