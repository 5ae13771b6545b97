/**
 * Puts the sources of each entry of the package in this folder into as few files as can be, as the last step of its build. Node
 * takes longer to find and to read a hundred modules than to run what is in them, and pays for that at each start. Other
 * packages stay imports. The types are tsc's, and of these those stay that an entry leads to.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { build } from "esbuild";
import { entrySource } from "./entrySource.js";
import { namesOfShared } from "./namesOfShared.js";
import { readManifest } from "./publicPackages.js";
import { reachableTypes } from "./reachableTypes.js";

const { exports = {}, publishConfig } = readManifest(process.cwd());

const sources = Object.values(exports).flatMap((target) => {
  const source = entrySource(target) ?? [];
  return typeof source === "string" ? [source] : Object.values(source);
});

const { outputFiles, metafile } = await build({
  entryPoints: [...new Set(sources)],
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

const names = namesOfShared(metafile);
for (const { path, text } of outputFiles) {
  const file = join(dirname(path), names.get(basename(path)) ?? basename(path));
  const code = [...names].reduce((done, [hash, name]) => done.replaceAll(`/${hash}"`, `/${name}"`), text);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, code);
}

const targets = Object.values(publishConfig?.exports ?? {});
const types = reachableTypes(targets.flatMap((target) => (typeof target === "string" ? [] : target.types)));
for (const each of readdirSync("dist", { recursive: true, encoding: "utf8" })) {
  const file = join("dist", each);
  if (file.endsWith(".d.ts") && !types.has(file)) rmSync(file);
}
