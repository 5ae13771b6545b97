import type { PublicPackage } from "./publicPackages.js";

/** The packages so that each comes after those it depends on: who installs one meanwhile, finds the others. */
export function releaseOrder(packages: readonly PublicPackage[]): readonly PublicPackage[] {
  const done: PublicPackage[] = [];
  const waiting = new Set(packages);
  while (waiting.size > 0) {
    const names = [...waiting].map(({ manifest }) => manifest.name);
    const next = [...waiting].find(({ manifest }) => !dependsOn(manifest, names));
    if (next === undefined) throw new Error(`${names.join(", ")} depend on each other in a circle.`);
    done.push(next);
    waiting.delete(next);
  }
  return done;
}

function dependsOn(manifest: PublicPackage["manifest"], names: readonly string[]): boolean {
  const { dependencies, optionalDependencies, peerDependencies } = manifest;
  return names.some((name) => name in { ...dependencies, ...optionalDependencies, ...peerDependencies });
}
