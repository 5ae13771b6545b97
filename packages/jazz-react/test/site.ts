import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { createEmulator, type Emulator, type EmulatorOptions } from "@sigil/emulator";
import { listen } from "@sigil/emulator/node";
import { createSigilProxy, type Paired, type SigilProxy, type SigilProxyConfig } from "@sigil/server";
import { toNodeHandler } from "@sigil/server/node";
import { makeCertificate } from "@sigil/testing/certificates";
import { onTestFinished } from "vitest";
import type { AppOptions } from "./app.js";
import { bundle, type ReactVersion, serverSide } from "./bundle.js";

/** An SP's site: the page with the widget, the proxy, and octane behind it, each on a port. */
export type Site = {
  readonly origin: string;
  /** The address of the page with these options; rendered on the server with `ssr`. */
  readonly page: (options?: AppOptions & { readonly ssr?: boolean }) => string;
  readonly emulator: Emulator;
  readonly paired: readonly Paired[];
  /** What the browser asked for, such as `POST /api/create-pair-session`. */
  readonly asked: readonly string[];
  /** How many of the browser's waits are open. */
  readonly openWaits: () => number;
  /** Cuts each connection that a browser has. */
  readonly cut: () => void;
  /** While it says so, nothing is answered below /api. */
  held: boolean;
  /** Who is logged in, from the next page on. */
  user: string;
  /** While it is set, everything below /api gets this status. */
  failing: number | undefined;
};

export type SiteOptions = {
  readonly react?: ReactVersion;
  readonly emulated?: EmulatorOptions;
  readonly proxied?: Partial<SigilProxyConfig>;
  /** How the proxy is served below /api. */
  readonly host?: (proxy: SigilProxy) => RequestListener;
  /** Serves everything but /api, in place of the tests' own page. */
  readonly app?: RequestListener;
  /** With a certificate of its own, so that a phone may be sent back here. */
  readonly https?: boolean;
  /** Takes the sockets that its pages open. */
  readonly upgrade?: (request: IncomingMessage, socket: Duplex) => void;
};

/** No style, script or font but from files of the site itself. */
export const contentSecurityPolicy: string = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
].join("; ");

const theme = readFileSync(new URL("../src/theme.css", import.meta.url), "utf8");
const pageStyle = ":root { color-scheme: light dark; } body { margin: 0; } main { padding: 0 16px 16px; }";
const clients: Partial<Record<ReactVersion, Promise<string>>> = {};
const servers: Partial<Record<ReactVersion, ReturnType<typeof serverSide>>> = {};

const html = (body: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Example</title>
<link rel="stylesheet" href="/page.css">
<link rel="stylesheet" href="/theme.css">
</head>
<body><div id="root">${body}</div><script type="module" src="/client.js"></script></body>
</html>`;

export async function openSite({
  react = 19,
  emulated = {},
  proxied = {},
  host = toNodeHandler,
  app,
  https = false,
  upgrade,
}: SiteOptions = {}): Promise<Site> {
  const paired: Paired[] = [];
  const asked: string[] = [];
  const waits = new Set<ServerResponse>();
  const held: (() => void)[] = [];
  let listener: RequestListener;

  const api: RequestListener = (request, response) => {
    asked.push(`${request.method} ${request.url}`);
    if (request.url?.endsWith("/result")) {
      waits.add(response);
      response.once("close", () => waits.delete(response));
    }
    if (site.held) held.push(() => listener(request, response));
    else if (site.failing !== undefined) response.writeHead(site.failing).end();
    else listener(request, response);
  };
  const handle: RequestListener = (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://site.test");
    if (pathname.startsWith("/api/")) return void api(request, response);
    if (app !== undefined) return void app(request, response);
    void serve(pathname, searchParams, response);
  };
  const server = https
    ? createTlsServer(makeCertificate({ commonName: "site.test", addresses: ["127.0.0.1"] }), handle)
    : createServer(handle);
  const sockets = new Set<Duplex>();
  if (upgrade !== undefined)
    server.on("upgrade", (request, socket) => {
      sockets.add(socket);
      upgrade(request, socket);
    });
  const serve = async (path: string, query: URLSearchParams, response: ServerResponse): Promise<void> => {
    const send = (type: string, text: string): void => {
      response.writeHead(200, {
        "content-type": type,
        "content-security-policy": contentSecurityPolicy,
        "set-cookie": `user=${site.user}; HttpOnly; SameSite=Lax; Path=/`,
      });
      response.end(text);
    };
    clients[react] ??= bundle("client.tsx", react);
    if (path === "/client.js") return send("text/javascript", await clients[react]);
    if (path === "/theme.css") return send("text/css", theme);
    if (path === "/page.css") return send("text/css", pageStyle);
    if (!query.has("ssr")) return send("text/html", html(""));
    servers[react] ??= serverSide(react);
    const render = await servers[react];
    send("text/html", html(render(JSON.parse(query.get("options") ?? "{}") as AppOptions)));
  };

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http${https ? "s" : ""}://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const allowedReturnOrigins = https ? [origin] : [];
  const emulator = createEmulator({ approval: "manual", allowedReturnOrigins, ...emulated });
  const octane = await listen(emulator, { port: 0 });
  const proxy = createSigilProxy({
    octaneUrl: octane.url,
    apiKey: emulator.sp.apiKey,
    authorize: ({ headers }) => {
      const userId = /(?:^|; )user=(\w+)/.exec(headers.get("cookie") ?? "")?.[1];
      return userId === undefined ? null : { userId };
    },
    onPaired: (pair) => void paired.push(pair),
    allowedOrigins: [origin],
    requestedScopes: [{ chain: "base", access: "sign" }],
    ...proxied,
  });
  listener = host(proxy);
  onTestFinished(async () => {
    server.closeAllConnections();
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
    emulator.reset();
    await octane.close();
  });

  const site: Site = {
    origin,
    emulator,
    paired,
    asked,
    openWaits: () => waits.size,
    cut: () => server.closeAllConnections(),
    held: false,
    user: "ada",
    failing: undefined,
    page: ({ ssr = false, ...options } = {}) =>
      `${origin}/?${new URLSearchParams({ options: JSON.stringify(options), ...(ssr ? { ssr: "" } : {}) })}`,
  };
  return site;
}
