/**
 * Packs each public package as a release would, and checks the tarball: what is in it, what its package.json
 * says, and that publint and "Are the types wrong?" find nothing. Needs a build. Folders may be given as
 * arguments; default: all in packages/.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { finish } from "./finish.js";

type Manifest = {
  readonly name: string;
  readonly private?: boolean;
  readonly scripts?: Readonly<Record<string, string>>;
};

const root = fileURLToPath(new URL("..", import.meta.url));
const given = process.argv.slice(2);
const folders =
  given.length > 0 ? given : readdirSync(join(root, "packages")).map((name) => join("packages", name));

for (const folder of folders.map((path) => resolve(root, path))) {
  const { name, private: isPrivate } = readJson(join(folder, "package.json"));
  if (isPrivate) continue;
  const { faults, files } = await check(folder);
  finish(name, faults, [`${files} files`]);
}

async function check(
  folder: string,
): Promise<{ readonly faults: readonly string[]; readonly files: number }> {
  const temporary = mkdtempSync(join(tmpdir(), "sigil-pack-"));
  try {
    const tarball = pack(folder, temporary);
    const unpacked = unpack(tarball, temporary);
    const files = listFiles(unpacked);
    const text = readFileSync(join(unpacked, "package.json"), "utf8");
    const manifest = JSON.parse(text) as Manifest;
    const faults = [
      ...checkFiles(files),
      ...checkManifest(manifest, text),
      ...(await lint(tarball, manifest)),
      ...checkTypes(tarball),
    ];
    return { faults, files: files.length };
  } finally {
    rmSync(temporary, { recursive: true });
  }
}

function checkFiles(files: readonly string[]): readonly string[] {
  const isExpected = (file: string): boolean =>
    /^(package\.json|README\.md|LICENSE|CHANGELOG\.md)$/.test(file) ||
    (/^dist\/.+\.(js|d\.ts)$/.test(file) && !/\.(test|test-d|bench)\./.test(file));
  const missing = ["README.md", "LICENSE"].filter((file) => !files.includes(file));
  const code = files.some((file) => file.startsWith("dist/")) ? [] : ["has no dist/: run the build first."];
  return [
    ...files
      .filter((file) => !isExpected(file))
      .map((file) => `packs ${file}: exclude it from the build or "files".`),
    ...missing.map((file) => `packs no ${file}: write one.`),
    ...code,
  ];
}

function checkManifest({ scripts = {} }: Manifest, text: string): readonly string[] {
  const lifecycle = ["preinstall", "install", "postinstall", "prepare"].filter((script) => script in scripts);
  const protocols = ["workspace:", "catalog:", "@sigil/source"].filter((word) => text.includes(`"${word}`));
  return [
    ...lifecycle.map((script) => `runs a script at its users' (${script}): remove it.`),
    ...protocols.map((word) => `has "${word}" in the packed package.json: only pnpm pack replaces it.`),
  ];
}

async function lint(tarball: string, manifest: Manifest): Promise<readonly string[]> {
  const bytes = new Uint8Array(readFileSync(tarball)).buffer;
  const { messages } = await publint({ pack: { tarball: bytes }, strict: true });
  return messages.map((message) => `publint: ${formatMessage(message, manifest, { color: false })}`);
}

function checkTypes(tarball: string): readonly string[] {
  const require = createRequire(import.meta.url);
  const cli = join(dirname(require.resolve("@arethetypeswrong/cli/package.json")), "dist/index.js");
  const args = [cli, tarball, "--profile", "esm-only", "--no-color", "--no-emoji"];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  return status === 0 ? [] : [`attw:\n${stdout}${stderr}`];
}

// The pnpm that runs this script, or else the one that package.json pins.
function pack(folder: string, destination: string): string {
  const running = process.env.npm_execpath ?? "";
  const pinned = (readJson(join(root, "package.json")) as { packageManager?: string }).packageManager?.split(
    "+",
  )[0];
  const args = ["pack", "--pack-destination", destination];
  if (running.includes("pnpm")) run(process.execPath, [running, ...args], folder);
  else run("npx", ["--yes", pinned ?? "pnpm", ...args], folder);
  const [tarball] = readdirSync(destination).filter((file) => file.endsWith(".tgz"));
  if (tarball === undefined) throw new Error(`pnpm pack left no tarball of ${folder}.`);
  return join(destination, tarball);
}

function unpack(tarball: string, destination: string): string {
  run("tar", ["-xzf", tarball, "-C", destination], destination);
  return join(destination, "package");
}

function listFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll("\\", "/"),
    );
}

function run(command: string, args: readonly string[], cwd: string): void {
  const { status, error, stdout, stderr } = spawnSync(command, args, { cwd, encoding: "utf8" });
  if (status !== 0)
    throw new Error(`${command} ${args.join(" ")} failed in ${cwd}: ${error ?? stdout + stderr}`);
}

function readJson(file: string): Manifest {
  return JSON.parse(readFileSync(file, "utf8")) as Manifest;
}
