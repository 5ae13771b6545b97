import { readFileSync } from "node:fs";

type Manifest = {
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
};

const read = (path: string): Manifest =>
  JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8")) as Manifest;

/** The installed version of everything that is measured, by name. */
export function versions(): Readonly<Record<string, string>> {
  const names = Object.keys(read("../package.json").dependencies ?? {});
  const installed = names.map(
    (name) => [name, read(`../node_modules/${name}/package.json`).version] as const,
  );
  return {
    ...Object.fromEntries(installed),
    "undici of Node's fetch": process.versions.undici ?? "unknown",
  };
}
