import { createRequire } from "node:module";

/** A command that may be anvil, and where the idea came from (for the error that lists what was tried). */
export type AnvilCandidate = { readonly command: string; readonly from: string };

/** What the search looks at; injected, so that the search can be tested for any machine. */
export type AnvilHost = {
  readonly platform: string;
  readonly arch: string;
  readonly anvilPath: string | undefined;
  /** Absolute path of a file in the platform package; throws if that package is not installed. */
  readonly resolve: (specifier: string) => string;
};

// The wrapper package's own table: `bin.mjs` only picks one of these and spawns it.
const platformPackages: Readonly<Record<string, string>> = {
  "darwin-arm64": "@foundry-rs/anvil-darwin-arm64",
  "darwin-x64": "@foundry-rs/anvil-darwin-amd64",
  "linux-arm64": "@foundry-rs/anvil-linux-arm64",
  "linux-x64": "@foundry-rs/anvil-linux-amd64",
  "win32-x64": "@foundry-rs/anvil-win32-amd64",
};

/**
 * The commands to try, best first: the binary that npm installed, then `ANVIL_PATH`, then `anvil` on PATH.
 * The wrapper in `@foundry-rs/anvil` is not among them: a SIGKILL on it would leave the real anvil running.
 */
export function findAnvil(host: AnvilHost = thisHost()): readonly AnvilCandidate[] {
  const packaged = findPackaged(host);
  const candidates: AnvilCandidate[] = packaged === undefined ? [] : [packaged];
  if (host.anvilPath) candidates.push({ command: host.anvilPath, from: "ANVIL_PATH" });
  candidates.push({ command: "anvil", from: "PATH" });
  return candidates;
}

function findPackaged(host: AnvilHost): AnvilCandidate | undefined {
  const name = platformPackages[`${host.platform}-${host.arch}`];
  if (name === undefined) return undefined;
  const binary = host.platform === "win32" ? "anvil.exe" : "anvil";
  try {
    return { command: host.resolve(`${name}/bin/${binary}`), from: name };
  } catch {
    return undefined; // Optional dependency: not every registry has every platform.
  }
}

function thisHost(): AnvilHost {
  return {
    platform: process.platform,
    arch: process.arch,
    anvilPath: process.env.ANVIL_PATH,
    // Under a strict node_modules only the wrapper package can see its platform packages.
    resolve: (specifier) => {
      const wrapper = createRequire(import.meta.url).resolve("@foundry-rs/anvil/package.json");
      return createRequire(wrapper).resolve(specifier);
    },
  };
}
