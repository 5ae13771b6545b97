import { build } from "esbuild";
import type { ApiReport } from "./apiReport.js";
import { outside } from "./outside.js";
import { root } from "./run.js";

/** What the built files of an entry do not export of what their types do, or the other way about: a bundler may lose a name. */
export async function judgeNames({ values, built }: Pick<ApiReport, "values" | "built">): Promise<string[]> {
  const faults = built.map(async (file) => {
    const names = await exportsOf(file);
    const missing = values.filter((name) => !names.includes(name)).map((name) => `- ${name}`);
    const more = names.filter((name) => !values.includes(name)).map((name) => `+ ${name}`);
    const differences = [...missing, ...more].join(", ");
    return differences === "" ? [] : [`${file} exports other names than its types: ${differences}.`];
  });
  return (await Promise.all(faults)).flat();
}

/** Without running it: an entry for tests runs in these only. Packages are followed, since entries pass on all of another one. */
async function exportsOf(file: string): Promise<readonly string[]> {
  const { metafile } = await build({
    entryPoints: [file],
    absWorkingDir: root,
    bundle: true,
    write: false,
    metafile: true,
    platform: "neutral",
    format: "esm",
    logLevel: "silent",
    plugins: [outside((name) => name.startsWith("@sigil/"))],
  });
  return Object.values(metafile.outputs)[0]?.exports ?? [];
}
