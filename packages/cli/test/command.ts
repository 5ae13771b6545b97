import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";

const require = createRequire(import.meta.url);
const tsx = pathToFileURL(require.resolve("tsx")).href;
const bin = fileURLToPath(new URL("../src/bin.ts", import.meta.url));

/** `sigil` from its sources, as a shell starts it. */
export const command: readonly [string, ...string[]] = [
  process.execPath,
  "--conditions=@sigil/source",
  "--import",
  tsx,
  bin,
];
