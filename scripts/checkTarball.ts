import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { listFiles, unpack } from "./pack.js";
import { type Manifest, readManifest } from "./publicPackages.js";
import { root, tryRun } from "./run.js";

/** What was found in a tarball: its files, and what is wrong with it. */
export type Checked = { readonly files: readonly string[]; readonly faults: readonly string[] };

/** Checks what is in a packed package, what its package.json says, and that publint and attw find nothing. */
export async function checkTarball(tarball: string): Promise<Checked> {
  const temporary = mkdtempSync(join(tmpdir(), "sigil-unpack-"));
  try {
    const unpacked = await unpack(tarball, temporary);
    const files = listFiles(unpacked);
    const faults = [
      ...checkFiles(files),
      ...files.flatMap((file) => checkText(file, readFileSync(join(unpacked, file), "utf8"))),
      ...checkManifest(readManifest(unpacked)),
      ...(await lint(tarball, readManifest(unpacked))),
      ...(await checkTypes(tarball, readManifest(unpacked))),
    ];
    return { files, faults };
  } finally {
    rmSync(temporary, { recursive: true });
  }
}

export function checkFiles(files: readonly string[]): readonly string[] {
  const isExpected = (file: string): boolean =>
    /^(package\.json|README\.md|LICENSE)$/.test(file) ||
    /^bin\/[^/]+\.js$/.test(file) ||
    (/^dist\/.+\.(js|d\.ts|css)$/.test(file) && !/\.(test|test-d|bench)\./.test(file));
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

/** What no published text may hold, whoever's it is. The emulator's test keys are public, and no pattern of these. */
const forbidden: readonly (readonly [what: string, pattern: RegExp])[] = [
  ["a private key", /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
  [
    "a token of a registry or of GitHub",
    /\b(npm_[A-Za-z0-9]{36}|gh[a-z]_[A-Za-z0-9]{36}|github_pat_\w{22,})\b/,
  ],
  ["a token of an .npmrc", /:_(authToken|auth|password)\s*=/],
  ["an access key of AWS", /\b(AKIA|ASIA)[A-Z0-9]{16}\b/],
  ["a source map", /[#@]\s*sourceMappingURL=/],
];

/** `own` are the folders of the machine that packs. */
export function checkText(
  file: string,
  text: string,
  own: readonly string[] = [root, homedir()],
): readonly string[] {
  const secrets = forbidden.filter(([, pattern]) => pattern.test(text)).map(([what]) => what);
  // A short one such as / or /root is in any text.
  const paths = own.filter((path) => path.length > 6 && text.includes(path.replace(/[\\/]$/, "")));
  return [...secrets, ...paths.map(() => "a folder of the machine that packed it")].map(
    (what) => `packs ${file}, which holds ${what}: remove it, and if it is a secret, revoke it.`,
  );
}

export function checkManifest(manifest: Manifest): readonly string[] {
  const { scripts = {} } = manifest;
  const text = JSON.stringify(manifest);
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

async function checkTypes(tarball: string, { exports = {} }: Manifest): Promise<readonly string[]> {
  const require = createRequire(import.meta.url);
  const cli = join(dirname(require.resolve("@arethetypeswrong/cli/package.json")), "dist/index.js");
  const styles = Object.keys(exports).filter((path) => path.endsWith(".css"));
  // Their types say only that they are a module, and there is no JavaScript behind them.
  const without = styles.length > 0 ? ["--exclude-entrypoints", ...styles] : [];
  const args = [cli, tarball, "--profile", "esm-only", "--no-color", "--no-emoji", ...without];
  const { code, stdout, stderr } = await tryRun(process.execPath, args, { cwd: root });
  return code === 0 ? [] : [`attw:\n${stdout}${stderr}`];
}
