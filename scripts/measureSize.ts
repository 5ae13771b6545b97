import { promisify } from "node:util";
import { brotliCompress } from "node:zlib";
import { build, type Metafile } from "esbuild";
import { freeNames } from "./freeNames.js";
import { outside } from "./outside.js";
import type { PublicEntry } from "./publicEntries.js";
import { root } from "./run.js";
import type { RunsOn } from "./sizeBudgets.js";

/** What a bundler makes of an entry. */
export type Size = {
  /** Our code in it, minified and compressed. */
  readonly own: number;
  /** The same with its dependencies; without the peers, which its user has anyhow. */
  readonly all: number;
  /** What our code imports from elsewhere. */
  readonly imports: readonly string[];
  /** What all of it still imports: peers, and Node's modules. */
  readonly left: readonly string[];
  /**
   * The files in `all`, the largest first, with their bytes before compression. Of ours the sources, where they are known: what is
   * built of them has many in one file.
   */
  readonly files: readonly (readonly [file: string, bytes: number])[];
  /** Names that it uses and does not define, if the runtime has to have them. */
  readonly globals: readonly string[];
};

/** Bundles an entry from what is built of it, as its users' bundlers would. */
export async function measureSize(entry: PublicEntry, runsOn: RunsOn): Promise<Size> {
  const { manifest } = entry.package;
  // The EVM adapters' common part is nobody else's, so it counts as their own.
  const ours = [manifest.name, ...(manifest.peerDependencies === undefined ? [] : ["@sigil/evm"])];
  const peers = Object.keys({ ...manifest.peerDependencies, ...manifest.optionalDependencies });
  const { file, source = file } = entry;
  const [own, all, { files }] = await Promise.all([
    bundle(file, runsOn, (name) => ours.includes(name)),
    bundle(file, runsOn, (name) => !peers.includes(name)),
    bundle(source, runsOn, (name) => !peers.includes(name), ["@sigil/source", "module"]),
  ]);
  return {
    own: own.bytes,
    all: all.bytes,
    imports: own.imports,
    left: all.imports,
    files,
    // Node has these.
    globals: runsOn === "node" ? [] : freeNames(all.text, ["process", "Buffer", "require", "__dirname"]),
  };
}

const compress = promisify<Uint8Array, Uint8Array>(brotliCompress);

type Bundled = Pick<Size, "imports" | "files"> & { readonly text: string; readonly bytes: number };

/** `counts` says of which packages the code goes into the bundle. */
async function bundle(
  file: string,
  runsOn: RunsOn,
  counts: (name: string) => boolean,
  conditions?: string[],
): Promise<Bundled> {
  const { outputFiles, metafile } = await build({
    entryPoints: [file],
    absWorkingDir: root,
    bundle: true,
    write: false,
    metafile: true,
    minify: true,
    legalComments: "none",
    platform: runsOn === "any" ? "neutral" : runsOn,
    mainFields: ["module", "main"],
    ...(conditions === undefined ? {} : { conditions }),
    format: "esm",
    target: "es2022",
    logLevel: "silent",
    plugins: [outside(counts)],
  });
  const { contents, text } = outputFiles[0] ?? { contents: new Uint8Array(), text: "" };
  const output = Object.values(metafile.outputs)[0];
  return { text, bytes: (await compress(contents)).length, ...readOutput(output) };
}

function readOutput(output: Metafile["outputs"][string] | undefined): Pick<Size, "imports" | "files"> {
  const { imports = [], inputs = {} } = output ?? {};
  const files = Object.entries(inputs).map(
    ([path, { bytesInOutput }]) => [path.replace(/^.*node_modules\//, ""), bytesInOutput] as const,
  );
  return {
    imports: [...new Set(imports.map(({ path }) => path))].sort(),
    files: files.filter(([, bytes]) => bytes > 0).toSorted(([, a], [, b]) => b - a),
  };
}
