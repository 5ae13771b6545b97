// Gives the emulator's sources the version that `changeset version` has just written to its package.json.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readManifest } from "./publicPackages.js";
import { root } from "./run.js";

const folder = join(root, "packages/emulator");
const file = join(folder, "src/version.ts");
const { version } = readManifest(folder);
const before = readFileSync(file, "utf8");
const after = before.replace(/(export const version: string = )"[^"]*"/, `$1"${version}"`);
if (!after.includes(`"${version}"`)) throw new Error(`${file} has no version to set.`);
writeFileSync(file, after);
