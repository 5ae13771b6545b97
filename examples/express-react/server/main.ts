import { createServer } from "node:http";
import { toNodeHandler } from "@sigil/server/node";
import express from "express";
import { createServer as createVite } from "vite";
import { addressOf, isOurs, port, proxy, signHello, userOf } from "./sigil.js";

const app = express();
app.use("/api", ({ method, headers }, response, next) => {
  if (isOurs(method, headers.origin)) next();
  else response.sendStatus(403);
});
app.get("/api/me", ({ headers }, response) => {
  const user = userOf(headers.cookie);
  response.json({ user, address: addressOf(user) });
});
app.post("/api/login", (_, response) => {
  response.cookie("user", crypto.randomUUID(), { httpOnly: true, sameSite: "lax" }).status(204).end();
});
app.post("/api/hello", async ({ headers }, response) => {
  response.type("text").send(await signHello(userOf(headers.cookie)));
});
app.use("/api", toNodeHandler(proxy));

const server = createServer(app);
const vite = await createVite({ server: { middlewareMode: true, hmr: { server } }, appType: "spa" });
app.use(vite.middlewares);
server.listen(port, "localhost", () => console.log(`http://localhost:${port}`));
