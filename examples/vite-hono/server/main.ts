import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import { setCookie } from "hono/cookie";
import { createServer as createVite } from "vite";
import { addressOf, isOurs, port, proxy, signHello, userOf } from "./sigil.js";

const app = new Hono();
const user = (request: Request) => userOf(request.headers.get("cookie"));
app.use(async ({ req, body }, next) => (isOurs(req.method, req.header("origin")) ? next() : body(null, 403)));
app.get("/api/me", ({ req, json }) => json({ user: user(req.raw), address: addressOf(user(req.raw)) }));
app.post("/api/login", (context) => {
  setCookie(context, "user", crypto.randomUUID(), { httpOnly: true, sameSite: "Lax" });
  return context.body(null, 204);
});
app.post("/api/hello", async ({ req, text }) => text(await signHello(user(req.raw))));
app.all("/api/*", ({ req }) => proxy.fetch(req.raw));

// One origin for the pages, which Vite serves, and for what is below /api.
const server = createServer();
const vite = await createVite({ server: { middlewareMode: true, hmr: { server } }, appType: "spa" });
const api = getRequestListener(app.fetch);
server.on("request", (request, response) =>
  request.url?.startsWith("/api/") ? api(request, response) : vite.middlewares(request, response),
);
server.listen(port, "localhost", () => console.log(`http://localhost:${port}`));
