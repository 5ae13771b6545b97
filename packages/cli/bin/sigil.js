#!/usr/bin/env node
// Here before anything is built, so that a workspace's install links it.
import { existsSync } from "node:fs";

const built = new URL("../dist/bin.js", import.meta.url);
if (existsSync(built)) await import(built.href);
else {
  console.error("error: sigil is not built yet.\nIn the repository run: npx -y pnpm@10.34.9 build");
  process.exitCode = 1;
}
