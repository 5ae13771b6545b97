/**
 * Writes the API reference of all packages to `docs/api/`, out of their sources; with `--check` it only says what is wrong
 * with it. Fails on any warning: a link to nothing, a type that is mentioned and not exported, an export without a comment.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Application, type DocumentationEntryPoint, LogLevel, type TypeDocOptions } from "typedoc";
import ts from "typescript";
import { finish } from "./finish.js";
import { type PublicPackage, publicPackages, shortName } from "./publicPackages.js";
import { root } from "./run.js";

type Entry = { readonly displayName: string; readonly file: string };

const options: TypeDocOptions = {
  logLevel: LogLevel.Warn,
  readme: "none",
  disableSources: true,
  excludeExternals: true,
  excludeInternal: true,
  excludePrivate: true,
  validation: {
    notExported: true,
    invalidLink: true,
    invalidPath: true,
    rewrittenLink: true,
    notDocumented: true,
    unusedMergeModuleWith: true,
  },
  // What a member or a type is for its name says.
  requiredToBeDocumented: ["Class", "Variable"],
};

/** Types that an export is put together from and that nobody has to name; `api/` shows them below it. */
const parts: Readonly<Record<string, readonly string[]>> = {
  "@sigil/astrotrain": ["RequestId"],
  "@sigil/emulator": [
    ...["algos", "chains", "refusals", "tables", "SessionOffer", "SignMessage"],
    ...kindsOfFaults(),
  ],
  "@sigil/solana": ["FreshnessOption"],
};

const packages = publicPackages();
const entries = new Map(packages.map((each) => [each, entriesOf(each)]));
const program = programOf([...entries.values()].flat().map(({ file }) => file));
const folder = mkdtempSync(join(tmpdir(), "sigil-api-"));
const problems: string[] = [];
const models: string[] = [];

try {
  for (const each of packages) {
    const model = join(folder, `${shortName(each.manifest)}.json`);
    problems.push(...(await describe(each, model)));
    models.push(model);
  }
  if (!process.argv.includes("--check")) await render(models);
} finally {
  rmSync(folder, { recursive: true });
}
finish("API reference", problems, [`${[...entries.values()].flat().length} entries, no warning`]);

/** The members of the union `Fault`, each of which has a type of its own. */
function kindsOfFaults(): readonly string[] {
  const source = readFileSync(join(root, "packages/emulator/src/faults/Fault.ts"), "utf8");
  return [...source.matchAll(/^ {2}\| (\w+)/gm)].map(([, name = ""]) => name);
}

/** The sources of what can be imported of a package. */
function entriesOf({ folder, manifest }: PublicPackage): readonly Entry[] {
  return Object.entries(manifest.exports ?? {}).flatMap(([path, target]) => {
    const source = sourceOf(target);
    return source?.endsWith(".ts") ? [{ displayName: path, file: join(folder, source) }] : [];
  });
}

function sourceOf(target: unknown): string | undefined {
  const source = (target as Record<string, unknown> | undefined)?.["@sigil/source"];
  return typeof source === "object"
    ? (source as { default: string }).default
    : (source as string | undefined);
}

/** One for all, since making it takes longer than everything else. */
function programOf(files: readonly string[]): ts.Program {
  const { config } = ts.readConfigFile(join(root, "tsconfig.base.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  return ts.createProgram({ rootNames: files, options: { ...options, noEmit: true, types: ["node"] } });
}

/** One package by itself, since TypeDoc holds only what is of the project's own package to its rules. */
async function describe(each: PublicPackage, model: string): Promise<readonly string[]> {
  const files = entries.get(each) ?? [];
  const { name } = each.manifest;
  const app = await Application.bootstrap({
    ...options,
    name,
    entryPoints: files.map(({ file }) => file),
    intentionallyNotExported: [...(parts[name] ?? [])],
  });
  const warnings: string[] = [];
  app.logger.log = (message, level) => {
    if (level >= LogLevel.Warn) warnings.push(`${name}: ${message}`);
  };
  const project = app.converter.convert(files.flatMap(toEntryPoint));
  project.packageName = name;
  app.validate(project);
  await app.generateJson(project, model);
  return warnings;
}

function toEntryPoint({ displayName, file }: Entry): DocumentationEntryPoint[] {
  const sourceFile = program.getSourceFile(file);
  if (sourceFile === undefined) throw new Error(`${file} is not there.`);
  return [{ displayName, program, sourceFile }];
}

async function render(models: readonly string[]): Promise<void> {
  const name = "Sigil for TypeScript";
  const app = await Application.bootstrap({
    ...options,
    name,
    entryPointStrategy: "merge",
    entryPoints: [...models],
  });
  const project = await app.convert();
  if (project === undefined) throw new Error("The packages' models could not be read.");
  await app.generateDocs(project, join(root, "docs/api"));
  if (app.logger.hasWarnings()) throw new Error("The pages are written, with the warnings above.");
}
