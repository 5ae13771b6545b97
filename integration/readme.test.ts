import { execFile } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { notRun } from "@sigil/testing/notRun";
import { isFullRun } from "@sigil/testing/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bun, deno, nodes, workerd } from "./runtimes/Runtime.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), "utf8");
const run = promisify(execFile);

const packages = readdirSync(join(root, "packages")).filter((name) =>
  existsSync(join(root, "packages", name, "README.md")),
);
const pages = [
  ...readdirSync(root),
  ...readdirSync(join(root, "docs")).map((name) => `docs/${name}`),
  ...packages.map((name) => `packages/${name}/README.md`),
].filter((path) => path.endsWith(".md") && existsSync(join(root, path)));

/** All that is below a folder, but for what is installed there. */
const filesIn = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { withFileTypes: true })
    .filter(({ name }) => name !== "node_modules")
    .flatMap((entry) =>
      entry.isDirectory() ? filesIn(`${folder}/${entry.name}`) : `${folder}/${entry.name}`,
    );

/** `console.log(x); // value` says what is printed. */
const printedBy = (code: string): readonly string[] =>
  [...code.matchAll(/console\.log\(.*\); \/\/ (.+)$/gm)].map(([, value = ""]) => value);

/** A page's first ts block, and each that says what it prints, are whole programs; the others are pieces. */
const programs = pages.flatMap((page) =>
  [...read(page).matchAll(/^```ts\n(.*?)^```$/gms)]
    .map(([, code = ""], i) => ({
      page,
      title: `${page} #${i + 1}`,
      file: `${page.replaceAll("/", "-")}-${i}.ts`,
      code,
    }))
    .filter(({ code }, i) => i === 0 || printedBy(code).length > 0),
);

/**
 * All other blocks are type-checked as well: below what a comment before the block says is there, which is `<!-- before`,
 * imports and declarations, `-->`. Not those for packages that are not installed here.
 */
const pieces = pages.flatMap((page) =>
  [...read(page).matchAll(/(?:^<!-- before\n([^`]*?)^-->\n\n)?^```(tsx?)\n(.*?)^```$/gms)]
    .map(([, before = "", extension = "", code = ""], i) => ({
      file: `${page.replaceAll("/", "-")}-piece-${i}.${extension}`,
      code: `${before}${code}export {};\n`,
    }))
    .filter(({ code }) => !programs.some((program) => code === `${program.code}export {};\n`))
    .filter(({ code }) => !/ from "(?:undici|@aws-sdk|google-auth-library|unstorage)/.test(code)),
);

const firstOf = (page: string): string | undefined =>
  programs.find(({ title }) => title === `${page} #1`)?.code;

/** A folder outside of the repository with nothing but what a reader would install. */
const folder = mkdtempSync(join(tmpdir(), "sigil-readme-"));
const require = createRequire(join(root, "package.json"));

function install(name: string, from: string): void {
  const path = join(folder, "node_modules", name);
  mkdirSync(dirname(path), { recursive: true });
  if (!existsSync(path)) symlinkSync(join(root, from), path, "junction");
}

beforeAll(() => {
  for (const name of packages) {
    install(`@sigil/${name}`, `packages/${name}`);
    const { peerDependencies = {} } = JSON.parse(read(`packages/${name}/package.json`));
    for (const peer of Object.keys(peerDependencies)) install(peer, `packages/${name}/node_modules/${peer}`);
  }
  install("@types/node", "node_modules/@types/node");
  install("@types/react", "packages/jazz-react/node_modules/@types/react");
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  const tsconfig = {
    extends: join(root, "tsconfig.base.json"),
    // That there is a stylesheet is for the bundlers to know.
    compilerOptions: { noEmit: true, types: ["node"], noUncheckedSideEffectImports: false },
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(tsconfig));
  for (const { file, code } of [...programs, ...pieces]) writeFileSync(join(folder, file), code);
});

afterAll(() => rmSync(folder, { recursive: true }));

describe("examples", () => {
  test("default: the quickstart is its file", () => {
    expect(firstOf("README.md")).toBe(read("demo/quickstart.ts"));
  });

  test.each(["README.md", ...packages.map((name) => `packages/${name}/README.md`)])(
    "behavior: %s begins with one of at most 20 lines of code",
    (page) => {
      const lines =
        firstOf(page)
          ?.split("\n")
          .filter((line) => line !== "") ?? [];
      expect(lines.length).toBeGreaterThan(0);
      expect(lines.length).toBeLessThanOrEqual(20);
    },
  );

  describe("run", () => {
    let printed: Record<string, readonly string[]> = {};

    // One process for all: starting one takes longer than what the examples do. The limit is for those that never end.
    beforeAll(async () => {
      const args = [
        "--import",
        pathToFileURL(require.resolve("tsx")).href,
        "--conditions=@sigil/source",
        fileURLToPath(new URL("programs/runExamples.ts", import.meta.url)),
        ...programs.map(({ file }) => join(folder, file)),
      ];
      const { stdout, stderr } = await run(process.execPath, args, { cwd: folder, timeout: 170_000 });
      // All that is to be heard is the deprecated package, once.
      expect(stderr).toMatch(/^@sigil\/jazz is now called @sigil\/astrotrain: [^\n]+\n$/);
      printed = JSON.parse(stdout);
    }, 180_000);

    test.each(programs)("behavior: $title prints what it says", ({ file, code }) => {
      expect(printed[join(folder, file)]).toEqual(printedBy(code));
    });
  });

  // The types of viem, ethers, kit and web3.js go into it, which takes twenty seconds.
  if (!isFullRun()) notRun("the types of the examples in the docs", "pnpm test:promises");
  else
    test("behavior: they type-check under this repository's strict settings", {
      timeout: 180_000,
    }, async () => {
      const tsc = join(dirname(require.resolve("typescript/package.json")), "bin/tsc");
      const checked = await run(process.execPath, [tsc, "-p", folder]).catch((error: unknown) => error);
      expect(checked).toMatchObject({ stdout: "" });
    });
});

describe("links", () => {
  test.each(pages)("behavior: those of %s lead somewhere", (page) => {
    const text = read(page).replace(/^```.*?^```$/gms, "");
    const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target);
    const dead = links.filter((target) => !/^https?:/.test(target) && !leads(page, target));
    expect(dead).toEqual([]);
  });
});

function leads(page: string, link: string): boolean {
  const [path = "", anchor] = link.split("#");
  const target = path === "" ? page : relative(root, join(root, dirname(page), path));
  if (!existsSync(join(root, target))) return false;
  return anchor === undefined || anchors(target).includes(anchor);
}

/** As GitHub makes them of headings. */
const anchors = (page: string): readonly string[] =>
  [...read(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(" ", "-"),
  );

describe("tables", () => {
  const refusals = [
    ...read("packages/emulator/src/octane/refusal.ts").matchAll(/^ {2}([a-z_]+): (\d{3}),$/gm),
  ].map(([, code = "", status = ""]) => ({ code, status }));

  test("behavior: docs/errors.md has every refusal with its status", () => {
    const rows = [...read("docs/errors.md").matchAll(/^\| `([a-z_]+)` \| (\d{3}) \|/gm)];
    expect(rows.map(([, code, status]) => ({ code, status }))).toEqual(refusals);
  });

  test("behavior: docs/errors.md has every kind", () => {
    const kinds = ["PairError", "SignError"].flatMap((name) =>
      [...read(`packages/astrotrain/src/errors/${name}.ts`).matchAll(/readonly kind: "(\w+)"/g)].map(
        ([, kind]) => kind,
      ),
    );
    const rows = [...read("docs/errors.md").matchAll(/^\| `(?!kind|code)(\w+)` \| (?!\d)/gm)].map(
      ([, kind]) => kind,
    );
    expect(rows).toEqual(kinds);
  });

  test("behavior: docs/errors.md has every refusal of the server's proxy with its status", () => {
    const codes = read("packages/server/src/Refusal.ts").matchAll(/^ {2}(\w+): \[(\d{3}),/gm);
    const rows = read("docs/errors.md").matchAll(/^\| ([45]\d\d) \| `(\w+)` \|/gm);
    expect([...rows].map(([, status, code]) => [code, status])).toEqual(
      [...codes].map(([, code, status]) => [code, status]),
    );
  });

  test("behavior: docs/errors.md has every code of the command line's own", () => {
    const [, union = ""] = read("packages/cli/src/errors/CliError.ts").match(/CliErrorCode =\n(.*?);/s) ?? [];
    const codes = [...union.matchAll(/"(\w+)"/g)].map(([, code]) => code);
    const rows = read("docs/errors.md").matchAll(/^\| (?:1|2|130) \| ((?:`\w+`(?:, )?)+) \|/gm);
    const told = [...rows].flatMap(([, cell = ""]) => [...cell.matchAll(/`(\w+)`/g)].map(([, code]) => code));
    expect(codes.length).toBeGreaterThan(10);
    expect(codes.filter((code) => !told.includes(code))).toEqual([]);
  });

  test("behavior: docs/protocol.md has every route and every refusal of the protocol", () => {
    const routes = read("packages/emulator/src/octane/app.ts").matchAll(/^ {2}"(.+)": \{ method: "(\w+)"/gm);
    const page = read("docs/protocol.md");
    for (const [, path = "", method] of routes) {
      expect(page).toContain(`\`${method} ${path.replace(/:(\w+)/g, "{$1}")}\``);
    }
    const own = ["method_not_allowed", "host_denied", "internal_error"];
    const codes = refusals.map(({ code }) => code).filter((code) => !own.includes(code));
    expect(codes.filter((code) => !page.includes(`\`${code}\``))).toEqual([]);
  });

  test("behavior: docs/security-model.md has every promise, with each file that holds it", () => {
    const files = ["packages", "integration", "scripts", "testing"].flatMap(filesIn);
    const held = files
      .filter((file) => file.endsWith(".test.ts"))
      .flatMap((file) =>
        [...read(file).matchAll(/\(\s*["'`](R\d\d): /g)].map(([, id = ""]) => `${id} ${file}`),
      );
    const rows = [...read("docs/security-model.md").matchAll(/^\| (R[\d, R]+) \|.*\| (.+) \|$/gm)];
    const told = rows.flatMap(([, ids = "", links = ""]) =>
      ids
        .split(", ")
        .map((id) => ({ id, files: [...links.matchAll(/\(\.\.\/(.+?)\)/g)].map(([, file]) => file) })),
    );
    for (const { id, files } of told) expect(files.length, id).toBeGreaterThan(0);
    const untold = [...new Set(held)].filter((each) => {
      const [id, file] = each.split(" ");
      return !told.some((row) => row.id === id && row.files.includes(file));
    });
    expect(untold).toEqual([]);
    const unheld = told.filter(({ id }) => !held.some((each) => each.startsWith(id)));
    expect(unheld).toEqual([]);
  });

  test("behavior: ARCHITECTURE.md has every rule for imports", async () => {
    const { default: config } = (await import(pathToFileURL(join(root, ".dependency-cruiser.js")).href)) as {
      default: { forbidden: readonly { name: string }[] };
    };
    const page = read("ARCHITECTURE.md");
    expect(config.forbidden.filter(({ name }) => !page.includes(`\`${name}\``))).toEqual([]);
  });

  test("behavior: README.md names every package, and no other", () => {
    const rows = [...read("README.md").matchAll(/^\| \[@sigil\/([\w-]+)\]/gm)].map(([, name]) => name);
    expect(rows.toSorted()).toEqual(packages.toSorted());
  });

  test("behavior: README.md has each package's peers, and which are optional, as its package.json has them", () => {
    const peers = packages.flatMap((name) => {
      const manifest = JSON.parse(read(`packages/${name}/package.json`));
      const { peerDependencies = {}, peerDependenciesMeta = {} } = manifest;
      const texts = Object.entries(peerDependencies).map(
        ([peer, range]) => `\`${peer}\` ${range}${peerDependenciesMeta[peer]?.optional ? " (optional)" : ""}`,
      );
      return texts.length === 0 ? [] : [`| \`@sigil/${name}\` | ${texts.join(", ")} |`];
    });
    expect(tableBelow("| package | needs |")).toEqual(peers);
  });

  test("behavior: README.md has the runtimes that are tested, and the oldest Node that packages want", () => {
    const engines = packages.map((name) => JSON.parse(read(`packages/${name}/package.json`)).engines.node);
    const [oldest, ...others] = new Set(engines);
    expect(others).toEqual([]);
    const rows = [
      `| Node ${oldest?.replace(">=", "≥ ")} | ${nodes.map(({ version }) => version).join(", ")} |`,
      ...[bun, deno, workerd].map(({ name, version }) => `| ${name} | ${version} |`),
    ];
    expect(tableBelow("| runtime | tested |").slice(0, -1)).toEqual(rows);
  });

  test("behavior: README.md says what there is to security in ten lines", () => {
    const [, section = ""] = read("README.md").match(/^## Security\n\n(.*?)\n\n## /ms) ?? [];
    expect(section.split("\n")).toHaveLength(10);
  });
});

/** The rows of the table of README.md that begins with this line. */
function tableBelow(head: string): readonly string[] {
  const [, rows = ""] =
    read("README.md")
      .split(`${head}\n`)[1]
      ?.match(/^\|[-|]+\|\n((?:\|.*\n)+)/) ?? [];
  return rows.trimEnd().split("\n");
}
