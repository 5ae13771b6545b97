import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { notRun } from "@sigil/testing/notRun";
import { isFullRun } from "@sigil/testing/promises";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { approve, type Browser, openTab } from "../test/browsing.js";
import { describeInBrowser } from "../test/describeInBrowser.js";
import { type Packed, packWidget, program, project, serveFiles, startNext } from "../test/projects.js";
import { contentSecurityPolicy, openSite, type Site } from "../test/site.js";

const react = { react: "19.3.1", "react-dom": "19.3.1" };

const card = `
  import { JazzPair } from "@sigil/jazz-react";
  export const PairCard = () => (
    <JazzPair
      octaneUrl="/api"
      apiKey="proxied-server-side"
      createSession={({ signal }) => fetch("/api/create-pair-session", { method: "POST", signal })}
    />
  );`;

/** React in development needs `eval`, so only what is built has the policy. */
const nextApp = {
  "app/layout.jsx": `
  import "@sigil/jazz-react/theme.css";
  export default ({ children }) => <html lang="en"><body>{children}</body></html>;`,
  "app/PairCard.jsx": `"use client";${card}`,
  // A page of the server's own imports the package too: "use client" has to be in what is packed.
  "app/page.jsx": `
  import { JazzPair } from "@sigil/jazz-react";
  import { connection } from "next/server";
  import { PairCard } from "./PairCard.jsx";
  export default async () => {
    await connection(); // a nonce is for one request, so the page is rendered for each
    return <main>{typeof JazzPair === "function" && <PairCard />}</main>;
  };`,
  "proxy.js": `
  import { NextResponse } from "next/server";
  export function proxy(request) {
    if (process.env.NODE_ENV !== "production") return NextResponse.next();
    const policy = [
      "default-src 'none'",
      "script-src 'nonce-" + crypto.randomUUID() + "' 'strict-dynamic'",
      "style-src 'self'",
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
    ].join("; ");
    const headers = new Headers(request.headers);
    headers.set("content-security-policy", policy);
    const response = NextResponse.next({ request: { headers } });
    response.headers.set("content-security-policy", policy);
    return response;
  }`,
  "next.config.mjs": `export default { allowedDevOrigins: ["127.0.0.1"] };`,
};

/** The page as its server sent it, then taken over, paired and styled, without a word in the console. */
async function expectToPair(browser: Browser, site: Site): Promise<void> {
  const tab = await openTab(browser);
  await tab.context.addCookies([{ name: "user", value: "ada", url: site.origin }]);
  const html = await (await tab.context.request.get(site.origin, { timeout: 120_000 })).text();
  expect(html).toContain('data-state="idle"');
  await tab.goto(site.origin);
  const session = await tab.until("ready");
  const styles = await tab.page
    .locator("[data-sigil-jazz]")
    .evaluate((root) => getComputedStyle(root).borderRadius);
  expect(styles).toBe("12px");
  await approve(site, session);
  await tab.until("complete");
  expect(tab.complaints).toEqual([]);
}

if (!isFullRun()) notRun("the packed widget in fresh Next.js and Vite projects", "pnpm test:promises");
else
  describeInBrowser("packed", (browser) => {
    let packed: Packed;
    beforeAll(async () => {
      packed = await packWidget();
    }, 240_000);
    afterAll(() => packed?.remove(), 120_000);

    describe("Next.js", () => {
      let cwd: string;
      beforeAll(async () => {
        cwd = await project(packed, { ...react, next: "16.4.6" }, nextApp);
      }, 240_000);

      test("e12: a fresh Next.js project builds, keeps the theme, and hydrates without a warning under a strict Content-Security-Policy with a nonce", {
        timeout: 600_000,
      }, async () => {
        const entry = readFileSync(join(cwd, "node_modules/@sigil/jazz-react/dist/index.js"), "utf8");
        expect(entry.startsWith('"use client";')).toBe(true);
        await program(cwd, "next", "build");
        const { listener, stop } = await startNext(cwd, "start");
        onTestFinished(stop);
        const site = await openSite({ app: listener });
        const { headers } = await fetch(site.origin);
        expect(headers.get("content-security-policy")).toMatch(
          /^default-src 'none'; script-src 'nonce-[^']+'/,
        );
        await expectToPair(browser(), site);
      });

      test("e12: a fresh Next.js project in development hydrates without a warning, and opens one session", {
        timeout: 600_000,
      }, async () => {
        const { listener, upgrade, stop } = await startNext(cwd, "dev");
        onTestFinished(stop);
        const site = await openSite({ app: listener, upgrade });
        await expectToPair(browser(), site);
        expect(site.asked.filter((line) => line === "POST /api/create-pair-session")).toHaveLength(1);
      });
    });

    test("e12: a fresh Vite project builds, keeps the theme, and hydrates without a warning under a strict Content-Security-Policy", {
      timeout: 600_000,
    }, async () => {
      const cwd = await project(
        packed,
        { ...react, vite: "8.3.8" },
        {
          "index.html": `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Example</title></head>
          <body><div id="root"><!--app--></div><script type="module" src="/src/client.jsx"></script></body></html>`,
          "src/PairCard.jsx": card,
          "src/client.jsx": `
          import "@sigil/jazz-react/theme.css";
          import { hydrateRoot } from "react-dom/client";
          import { PairCard } from "./PairCard.jsx";
          hydrateRoot(document.getElementById("root"), <PairCard />);`,
          "src/server.jsx": `
          import { renderToString } from "react-dom/server";
          import { PairCard } from "./PairCard.jsx";
          console.log(renderToString(<PairCard />));`,
          "vite.config.js": "export default { oxc: { jsx: { runtime: 'automatic' } } };",
        },
      );
      await program(cwd, "vite", "build");
      await program(cwd, "vite", "build", "--ssr", "src/server.jsx", "--outDir", "server");
      const html = (await program(cwd, "node", "server/server.js")).trim();
      const page = readFileSync(join(cwd, "dist/index.html"), "utf8").replace("<!--app-->", html);
      expect(existsSync(join(cwd, "dist/assets"))).toBe(true);
      const headers = { "content-security-policy": contentSecurityPolicy };
      await expectToPair(browser(), await openSite({ app: serveFiles(join(cwd, "dist"), page, headers) }));
    });
  });
