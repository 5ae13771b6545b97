import { builtinModules } from "node:module";
import { build, type Plugin } from "esbuild";

/** One module of a program and all that it imports, as the tools of Workers make it: by the same conditions, with Node's modules left out. */
export async function bundleWorker(folder: string, entry: string): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: folder,
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
    platform: "browser",
    conditions: ["workerd", "worker", "browser"],
    plugins: [nodesOwn],
    logLevel: "silent",
  });
  const [bundle] = outputFiles;
  if (bundle === undefined) throw new Error(`${entry} gave no bundle.`);
  return bundle.text;
}

/** Node's modules are the runtime's, under their full names; what is required becomes an import. */
const nodesOwn: Plugin = {
  name: "node's own",
  setup: (builder) => {
    builder.onResolve({ filter: /^(node:)?[a-z_/]+$/ }, ({ path, kind }) => {
      const name = path.replace("node:", "");
      if (!builtinModules.includes(name)) return undefined;
      return kind === "require-call"
        ? { path: name, namespace: "required" }
        : { path: `node:${name}`, external: true };
    });
    builder.onLoad({ filter: /./, namespace: "required" }, ({ path }) => ({
      contents: `import all from "node:${path}"; module.exports = all;`,
    }));
  },
};
