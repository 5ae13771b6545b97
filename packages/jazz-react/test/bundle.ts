import { Module } from "node:module";
import { fileURLToPath } from "node:url";
import { type BuildOptions, build } from "esbuild";
import type { AppOptions } from "./app.js";

export type ReactVersion = 18 | 19;

const here = fileURLToPath(new URL(".", import.meta.url));

/** React 18 stands beside 19 under another name. */
const aliases: Record<ReactVersion, Record<string, string>> = {
  18: { react: "react18", "react-dom": "react-dom18" },
  19: {},
};

/** The text of one bundle, from sources, with React's warnings in it. */
export async function bundle(
  entry: string,
  react: ReactVersion,
  options: BuildOptions = {},
): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: here,
    ...(options.stdin === undefined && { entryPoints: [entry] }),
    outdir: here,
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
    jsx: "automatic",
    conditions: ["@sigil/source"],
    alias: aliases[react],
    define: { "process.env.NODE_ENV": '"development"' },
    logLevel: "error",
    ...options,
  });
  const script = outputFiles?.find(({ path }) => path.endsWith(".js"));
  if (script === undefined) throw new Error(`${entry} gave no bundle.`);
  return script.text;
}

type ServerSide = (options: AppOptions) => string;

/** The page's server side, in this process. */
export async function serverSide(react: ReactVersion): Promise<ServerSide> {
  return load(await bundle("server.tsx", react, { format: "cjs", platform: "node" }));
}

/** What the `render` of a program gives, whose text is here. */
export async function renderedBy(contents: string): Promise<string> {
  const stdin = { contents, loader: "tsx", resolveDir: here } as const;
  return load(await bundle("the text", 19, { stdin, format: "cjs", platform: "node" }))({});
}

function load(code: string): ServerSide {
  const file = `${here}bundled.cjs`;
  const module = new Module(file) as Module & { _compile: (code: string, file: string) => void };
  module._compile(code, file);
  return (module.exports as { render: ServerSide }).render;
}
