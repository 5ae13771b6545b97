import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request as httpRequest, type IncomingMessage, type RequestListener } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Duplex } from "node:stream";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const options = { shell: process.platform === "win32", maxBuffer: 2 ** 26 } as const;
const root = fileURLToPath(new URL("../../..", import.meta.url));

/** The package and what it needs of ours, as they would be published. */
export type Packed = { readonly folder: string; readonly remove: () => void };

export async function packWidget(): Promise<Packed> {
  const folder = mkdtempSync(join(tmpdir(), "sigil-widget-"));
  const pnpm = (...args: string[]) => run("npx", ["-y", "pnpm@10.34.9", ...args], { ...options, cwd: root });
  await pnpm("exec", "turbo", "run", "build", "--filter=@sigil/jazz-react");
  for (const name of ["astrotrain", "jazz-react"])
    await pnpm("--filter", `@sigil/${name}`, "pack", "--pack-destination", folder);
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** A new project of these files, with the packed widget installed and the registry's packages that it names. */
export async function project(
  { folder }: Packed,
  dependencies: Readonly<Record<string, string>>,
  files: Readonly<Record<string, string>>,
): Promise<string> {
  const cwd = mkdtempSync(join(folder, "project-"));
  const tarball = (name: string): string => `file:${join(folder, `sigil-${name}-0.0.0.tgz`)}`;
  const manifest = {
    private: true,
    type: "module",
    dependencies: { ...dependencies, "@sigil/jazz-react": tarball("jazz-react") },
    // Until it is on a registry, npm is told where it is.
    overrides: { "@sigil/astrotrain": tarball("astrotrain") },
  };
  const all = { ...files, "package.json": JSON.stringify(manifest) };
  for (const [file, text] of Object.entries(all)) {
    mkdirSync(dirname(join(cwd, file)), { recursive: true });
    writeFileSync(join(cwd, file), text);
  }
  await run("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts"], { ...options, cwd });
  return cwd;
}

/** Runs one of the project's own programs. @returns what it printed */
export async function program(cwd: string, ...args: readonly [string, ...string[]]): Promise<string> {
  const env = { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
  const { stdout } = await run("npx", ["--no", ...args], { ...options, cwd, env });
  return stdout;
}

/** What serves a project: its requests, and the sockets of its pages. */
export type Serving = {
  readonly listener: RequestListener;
  readonly upgrade: (request: IncomingMessage, socket: Duplex) => void;
  /** Resolves when it has ended, and writes into its folder no more. */
  readonly stop: () => Promise<void>;
};

/** Starts `next start`, or `next dev`, on a free port, and gives the way there. */
export async function startNext(cwd: string, command: "start" | "dev"): Promise<Serving> {
  const NODE_ENV = command === "dev" ? "development" : "production";
  const next = spawn(process.execPath, ["node_modules/next/dist/bin/next", command, "-p", "0"], {
    cwd,
    env: { ...process.env, NODE_ENV, NEXT_TELEMETRY_DISABLED: "1" },
  });
  const port = await new Promise<string>((resolve, reject) => {
    let printed = "";
    next.stdout.on("data", (chunk) => {
      printed += chunk;
      const [, found] = /localhost:(\d+)/.exec(printed) ?? [];
      if (found !== undefined) resolve(found);
    });
    next.once("exit", () => reject(new Error(`next ${command} ended: ${printed}`)));
  });
  const host = "127.0.0.1";
  const listener: RequestListener = ({ method, url, headers }, response) => {
    const upstream = httpRequest({ host, port, method, path: url, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    upstream.on("error", () => response.destroy());
    upstream.end();
  };
  // Where pages of `next dev` hear what has changed.
  const upgrade: Serving["upgrade"] = ({ method, url, rawHeaders }, socket) => {
    const upstream = connect(Number(port), host, () => {
      const lines = [`${method} ${url} HTTP/1.1`];
      for (let i = 0; i + 1 < rawHeaders.length; i += 2) lines.push(`${rawHeaders[i]}: ${rawHeaders[i + 1]}`);
      upstream.write(`${lines.join("\r\n")}\r\n\r\n`);
      upstream.pipe(socket).pipe(upstream);
    });
    upstream.on("error", () => socket.destroy());
    socket.on("error", () => upstream.destroy());
  };
  const ended = once(next, "exit");
  const stop = async (): Promise<void> => {
    next.kill();
    await ended;
  };
  return { listener, upgrade, stop };
}

/** Serves a folder of built files, and one HTML page for `/`. */
export function serveFiles(
  folder: string,
  html: string,
  headers: Readonly<Record<string, string>>,
): RequestListener {
  const types: Readonly<Record<string, string>> = { js: "text/javascript", css: "text/css" };
  return ({ url = "/" }, response) => {
    const { pathname } = new URL(url, "http://site.test");
    const type = types[pathname.split(".").at(-1) ?? ""];
    const text = type === undefined ? html : readFileSync(join(folder, pathname), "utf8");
    response.writeHead(200, { "content-type": type ?? "text/html", ...headers }).end(text);
  };
}
