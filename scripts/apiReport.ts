import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";
import { type PublicPackage, shortName } from "./publicPackages.js";

/** What one entry of a package offers to those who import it, as text. `file` is its name in `api/`. */
export type ApiReport = {
  readonly packageName: string;
  readonly file: string;
  readonly text: string;
  /** The names that are there when the program runs, sorted. */
  readonly values: readonly string[];
  /** The files that importers get, one for each kind of runtime. */
  readonly built: readonly string[];
};

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2023.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts", "lib.dom.asynciterable.d.ts"],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  types: [],
  strict: true,
  skipLibCheck: true,
};

/**
 * Reports the API of all entries from their built declarations: each export with its type, without comments, and below
 * them the types that these mention without their being exported. Sorted, so that moving code changes nothing.
 */
export function apiReports(packages: readonly PublicPackage[]): readonly ApiReport[] {
  const entries = packages.flatMap(entriesOf);
  const program = ts.createProgram({ rootNames: entries.map(({ types }) => types), options });
  const checker = program.getTypeChecker();
  return entries.map(({ name, file, specifier, types, built }) => {
    const source = program.getSourceFile(types);
    if (source === undefined) throw new Error(`${types} is not there: run the build first.`);
    const text = toText(specifier, describe(checker, source));
    return { packageName: name, file, text, values: valuesOf(checker, source), built };
  });
}

type Entry = {
  readonly name: string;
  readonly specifier: string;
  readonly file: string;
  readonly types: string;
  readonly built: readonly string[];
};

function entriesOf({ folder, manifest }: PublicPackage): readonly Entry[] {
  return Object.entries(manifest.publishConfig?.exports ?? {}).flatMap(([path, target]) => {
    // Of styles there is nothing to say but that they are a module.
    if (typeof target === "string" || path.endsWith(".css")) return [];
    const specifier = join(manifest.name, path).replaceAll("\\", "/");
    const entry = path === "." ? "" : `.${path.slice(2).replaceAll("/", ".")}`;
    const file = `${shortName(manifest)}${entry}.api.md`;
    const built = [...new Set([target.default, target.browser])].flatMap((path) =>
      path === undefined ? [] : [join(folder, path)],
    );
    return [{ name: manifest.name, specifier, file, types: join(folder, target.types), built }];
  });
}

const toText = (specifier: string, declarations: readonly string[]): string =>
  [
    `# API of \`${specifier}\``,
    "",
    "Written by `pnpm fix:api`.",
    "",
    "```ts",
    declarations.join("\n\n"),
    "```",
    "",
  ].join("\n");

function valuesOf(checker: ts.TypeChecker, source: ts.SourceFile): readonly string[] {
  const module = checker.getSymbolAtLocation(source);
  const members = module === undefined ? [] : checker.getExportsOfModule(module);
  const isValue = (member: ts.Symbol): boolean => {
    const symbol = member.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(member) : member;
    const isOnlyType = (member.declarations ?? []).some(ts.isTypeOnlyImportOrExportDeclaration);
    return !isOnlyType && (symbol.flags & ts.SymbolFlags.Value) !== 0;
  };
  return members
    .filter(isValue)
    .map(({ name }) => name)
    .toSorted();
}

function describe(checker: ts.TypeChecker, source: ts.SourceFile): readonly string[] {
  const home = packageOf(source.fileName);
  const unalias = (symbol: ts.Symbol): ts.Symbol =>
    symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const isLocal = (symbol: ts.Symbol): boolean =>
    (symbol.declarations ?? []).some(
      (declaration) => packageOf(declaration.getSourceFile().fileName) === home,
    );

  const exported = new Set<ts.Symbol>();
  const mentioned = new Set<ts.Symbol>();
  const lines = describeModule(source);
  const unexported: string[] = [];
  // A set that grows while it is walked is walked to its new end.
  for (const symbol of mentioned) {
    if (!exported.has(symbol))
      unexported.push(...print(symbol).map((text) => `// not exported by this entry\n${text}`));
  }
  return [...lines, ...unexported.sort()];

  function describeModule(module: ts.SourceFile): string[] {
    const symbol = checker.getSymbolAtLocation(module);
    const members = symbol === undefined ? [] : checker.getExportsOfModule(symbol);
    return members.toSorted(byName).flatMap((member) => describeExport(member));
  }

  function describeExport(member: ts.Symbol): string[] {
    const symbol = unalias(member);
    const [declaration] = symbol.declarations ?? [];
    if (declaration === undefined)
      throw new Error(`${member.name} of ${source.fileName} has no declaration.`);
    if (!ts.isSourceFile(declaration) && !isLocal(symbol))
      return [
        `export { ${renamed(symbol, member)} } from "${packageOf(declaration.getSourceFile().fileName)}";`,
      ];
    if (ts.isSourceFile(declaration))
      return [`export namespace ${member.name} {\n${indent(describeModule(declaration).join("\n"))}\n}`];
    exported.add(symbol);
    const texts = print(symbol);
    return symbol.name === member.name ? texts : [`// as ${member.name}`, ...texts];
  }

  function print(symbol: ts.Symbol): string[] {
    return (symbol.declarations ?? []).map((declaration) => {
      mention(declaration);
      // The statement around a variable says whether it is const.
      const node = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
      return printer.printNode(ts.EmitHint.Unspecified, node, declaration.getSourceFile());
    });
  }

  /** Notes what else of this package one has to know to understand the declaration. */
  function mention(node: ts.Node): void {
    if (ts.isIdentifier(node)) {
      const symbol = checker.getSymbolAtLocation(node);
      const target = symbol === undefined ? undefined : unalias(symbol);
      if (target !== undefined && isLocal(target) && target.declarations?.some(isOfModule))
        mentioned.add(target);
    }
    ts.forEachChild(node, mention);
  }
}

const printer = ts.createPrinter({ removeComments: true, newLine: ts.NewLineKind.LineFeed });

/** Whether it stands by itself in its file, unlike a member or a type parameter. */
function isOfModule(declaration: ts.Declaration): boolean {
  const statement = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
  return (
    statement.parent !== undefined && ts.isSourceFile(statement.parent) && !ts.isImportDeclaration(statement)
  );
}

const byName = (a: ts.Symbol, b: ts.Symbol): number => (a.name < b.name ? -1 : Number(a.name > b.name));
const renamed = (from: ts.Symbol, to: ts.Symbol): string =>
  from.name === to.name ? to.name : `${from.name} as ${to.name}`;
const indent = (text: string): string => text.replace(/^/gm, "  ");

/** The name in the next package.json above a file, each folder read once. */
function packageOf(file: string): string {
  const folder = dirname(file);
  const known = names.get(folder);
  if (known !== undefined) return known;
  const name = readName(folder) ?? (folder === dirname(folder) ? "" : packageOf(folder));
  names.set(folder, name);
  return name;
}

const names = new Map<string, string>();

function readName(folder: string): string | undefined {
  try {
    return (JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { name?: string }).name;
  } catch {
    return undefined;
  }
}
