// A server of its own, whose parent says by messages what to do. Started by startServer.ts.

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createStorage } from "unstorage";
import redisDriver from "unstorage/drivers/redis";
import { createSigilProxy } from "../../src/index.js";
import { toNodeHandler } from "../../src/node/index.js";
import { authorize, origin } from "../page.js";
import type { Order, Report, ServerOptions } from "./startServer.js";

const { octaneUrl, apiKey, redisUrl, slow } = JSON.parse(process.argv[2] ?? "") as ServerOptions;
const report = (message: Report): void => void process.send?.(message);

const proxy = createSigilProxy({
  octaneUrl,
  apiKey,
  authorize,
  allowedOrigins: [origin],
  requestedScopes: [{ chain: "base", access: "read" }],
  expiresInSecs: 600,
  onPaired: async (paired) => {
    report({ paired });
    // For ever, as far as this process is concerned.
    if (slow) await new Promise(() => {});
  },
  onError: (error) => report({ error: String(error) }),
  ...(redisUrl === undefined ? {} : { store: createStorage({ driver: redisDriver({ url: redisUrl }) }) }),
});

const server = createServer(toNodeHandler(proxy));
server.listen({ port: 0, host: "127.0.0.1", backlog: 4096 }, () => {
  report({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
});

process.on("message", (order: Order) => {
  if (order !== "memory") return;
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  report({ memory: { rss, heapUsed } });
});
// The parent has gone.
process.on("disconnect", () => process.exit());
