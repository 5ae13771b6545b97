import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { notRun } from "../testing/src/notRun.js";
import { figure } from "../testing/src/promises.js";
import { audit, npmRegistry } from "./audit.js";
import { productionTree } from "./productionTree.js";
import { publicPackages } from "./publicPackages.js";

const ours = publicPackages().map(({ manifest }) => manifest.name);
const trees = publicPackages().flatMap(({ folder }) => productionTree(folder));
/** What users install from others, each once. */
const installed = [...new Map(trees.map((each) => [each.folder, each])).values()].filter(
  ({ manifest }) => !ours.includes(manifest.name),
);

const result = await audit(installed, await npmRegistry());
if ("silent" in result) {
  notRun(
    `R59: what the registry knows against the packages that users install, since ${result.silent}`,
    "npm config set registry https://registry.npmjs.org, with a way to it that lets POST through",
  );
} else {
  test("R59: the registry knows nothing against what users install", () => {
    expect(result.findings).toEqual([]);
    figure("R59", `${installed.length} packages audited, ${result.findings.length} findings`);
  });
}

describe("audit", () => {
  /** A registry that answers so, and what it was asked. */
  async function registry(status: number, answer: string) {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk) => {
        body += chunk;
      });
      request.on("end", () => {
        asked.push(`${request.method} ${request.url} ${body}`);
        response.writeHead(status).end(answer);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    return { asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
  }

  const one = [{ folder: "/x", manifest: { name: "@a/b", version: "1.0.0" } }];

  test("default", async () => {
    const { asked, url } = await registry(200, "{}");
    expect(await audit(one, url)).toEqual({ findings: [] });
    expect(asked).toEqual(['POST /-/npm/v1/security/advisories/bulk {"@a/b":["1.0.0"]}']);
  });

  test("behavior: an advisory is a finding", async () => {
    const { url } = await registry(200, '{ "@a/b": [{ "title": "reads your mail" }] }');
    expect(await audit(one, url)).toEqual({ findings: ["@a/b: reads your mail"] });
  });

  test("behavior: a registry that does not audit is no clean bill", async () => {
    const { url } = await registry(405, "");
    expect(await audit(one, url)).toEqual({ silent: expect.stringContaining("405") });
    expect(await audit(one, "http://127.0.0.1:1")).toEqual({
      silent: expect.stringContaining("cannot be asked"),
    });
  });
});
