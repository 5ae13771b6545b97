/** A program that runs JavaScript on a server, at one version, as the npm registry has it. */
export type Runtime = {
  readonly name: string;
  readonly version: string;
  /** The package that holds the program itself, for this platform; none if the registry has none. */
  readonly package: string | undefined;
  /** Where the program is within the package. */
  readonly file: string;
};

const platform = `${process.platform}-${process.arch}`;

const node = (version: string): Runtime => ({
  name: "Node",
  version,
  package: /^(linux|darwin)-(x64|arm64)$/.test(platform) ? `node-${platform}` : undefined,
  file: "bin/node",
});

/** The oldest that is supported, and the newest of each line since. */
export const nodes: readonly Runtime[] = ["20.19.0", "22.23.3", "24.21.0", "26.10.0"].map(node);

export const bun: Runtime = {
  name: "Bun",
  version: "1.4.5",
  package: {
    "linux-x64": "@oven/bun-linux-x64",
    "linux-arm64": "@oven/bun-linux-aarch64",
    "darwin-x64": "@oven/bun-darwin-x64",
    "darwin-arm64": "@oven/bun-darwin-aarch64",
  }[platform],
  file: "bin/bun",
};

export const deno: Runtime = {
  name: "Deno",
  version: "2.9.6",
  package: {
    "linux-x64": "@deno/linux-x64-glibc",
    "linux-arm64": "@deno/linux-arm64-glibc",
    "darwin-x64": "@deno/darwin-x64",
    "darwin-arm64": "@deno/darwin-arm64",
  }[platform],
  file: "deno",
};

export const workerd: Runtime = {
  name: "workerd",
  version: "1.20261117.1",
  package: {
    "linux-x64": "@cloudflare/workerd-linux-64",
    "linux-arm64": "@cloudflare/workerd-linux-arm64",
    "darwin-x64": "@cloudflare/workerd-darwin-64",
    "darwin-arm64": "@cloudflare/workerd-darwin-arm64",
  }[platform],
  file: "bin/workerd",
};

export const titleOf = ({ name, version }: Runtime): string => `${name} ${version}`;
