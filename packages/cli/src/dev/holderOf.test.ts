import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, onTestFinished, test } from "vitest";
import { holderOf } from "./holderOf.js";

test("behavior: a name that a process chose for itself cannot steer a terminal", async () => {
  const listens = `const server = require("node:net").createServer();
    server.listen(0, "127.0.0.1", () => console.log(server.address().port));`;
  const child = spawn(process.execPath, ["-e", listens], { argv0: "\u001b[2Jodd\nname" });
  onTestFinished(() => void child.kill());
  const [port] = await once(child.stdout, "data");
  const holder = await holderOf(Number(port));
  if (process.platform === "linux") expect(holder).toEqual({ pid: child.pid, name: " [2Jodd name" });
  else expect(holder?.name ?? "").not.toMatch(/\p{Cc}/u);
});
