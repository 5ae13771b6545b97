import type { Installed } from "./productionTree.js";
import { root, run } from "./run.js";

/** What a registry knows against the versions that users install, or why it says nothing. */
export type Audit = { readonly findings: readonly string[] } | { readonly silent: string };

/** The registry that npm is set to use here. */
export async function npmRegistry(): Promise<string> {
  return (await run("npm", ["config", "get", "registry"], { cwd: root })).trim();
}

/**
 * Asks what `npm audit --omit=dev` asks, about exactly these packages: npm itself would need a lockfile of its own, and
 * pnpm asks about the whole workspace, which has tools that no user installs.
 */
export async function audit(packages: readonly Installed[], registry: string): Promise<Audit> {
  const versions: Record<string, string[]> = {};
  for (const { manifest } of packages) {
    versions[manifest.name] = [...(versions[manifest.name] ?? []), manifest.version];
  }
  const url = `${registry.replace(/\/$/, "")}/-/npm/v1/security/advisories/bulk`;
  const body = JSON.stringify(versions);
  const headers = { "content-type": "application/json" };
  try {
    const response = await fetch(url, { method: "POST", headers, body, signal: AbortSignal.timeout(20_000) });
    if (!response.ok) return { silent: `${registry} answers ${response.status} to an audit` };
    const advisories = (await response.json()) as Readonly<
      Record<string, readonly { readonly title: string }[]>
    >;
    const findings = Object.entries(advisories).flatMap(([name, all]) =>
      all.map(({ title }) => `${name}: ${title}`),
    );
    return { findings };
  } catch (error) {
    return { silent: `${registry} cannot be asked: ${error}` };
  }
}
