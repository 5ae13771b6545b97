import type { Plugin } from "esbuild";

/** Leaves the imports of other packages than `counts` says, and those of Node's modules, as they stand. */
export const outside = (counts: (name: string) => boolean): Plugin => ({
  name: "outside",
  setup: ({ onResolve }) =>
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === "entry-point" || (!path.startsWith("node:") && counts(packageName(path)))
        ? undefined
        : { path, external: true },
    ),
});

const packageName = (specifier: string): string => /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier;
