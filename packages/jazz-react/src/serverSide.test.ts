import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { note } from "@sigil/testing/note";
import ts from "typescript";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { bundle, renderedBy, serverSide } from "../test/bundle.js";

/** What React says on the console while something runs. */
function complaints(): unknown[][] {
  const said: unknown[][] = [];
  for (const method of ["error", "warn"] as const) {
    const spy = vi.spyOn(console, method).mockImplementation((...args) => void said.push(args));
    onTestFinished(() => spy.mockRestore());
  }
  return said;
}

describe.each([18, 19] as const)("React %d on a server", (react) => {
  test("default: renders the frame without a session, and without a warning", async () => {
    const said = complaints();
    const render = await serverSide(react);
    const html = render({ spName: "Acme" });
    expect(html).toContain('<section data-sigil-jazz="" data-state="idle" aria-labelledby=');
    expect(html).toContain("Pair your Sigil with Acme");
    // Which of the two it will be, no server knows.
    const widget = html.slice(html.indexOf("<section"));
    expect(widget).not.toMatch(/data-mode|<button|<svg|<a |style=/);
    expect(said).toEqual([]);
  });

  test("behavior: hostile labels and names are text", async () => {
    const render = await serverSide(react);
    const hostile = '"><script>alert(1)</script><img src=x onerror=alert(1)>';
    const html = render({ spName: hostile, labels: { idle: hostile } });
    expect(html).not.toMatch(/<script>a|<img/);
    expect(html.match(/&lt;script&gt;/g)).toHaveLength(2);
  });
});

const source = (file: string): string =>
  readFileSync(fileURLToPath(new URL(`../src/${file}`, import.meta.url)), "utf8");

describe("what is published", () => {
  test("behavior: the README's examples build and render", async () => {
    const readme = source("../README.md");
    const examples = [...readme.matchAll(/^```tsx\n(.*?)^```$/gms)].map(([, code = ""]) => code);
    expect(examples).toHaveLength(2);
    const rendered: string[] = [];
    for (const example of examples) {
      const [, name = ""] = /export function (\w+)/.exec(example) ?? [];
      const options =
        name === "Pair" ? "{ octaneUrl: '/api', apiKey: 'any', createSession: () => {} }" : "{}";
      const contents = `
        import { createElement } from "react";
        import { renderToString } from "react-dom/server";
        ${example}
        export const render = () => renderToString(createElement(${name}, ${options}));`;
      rendered.push(await renderedBy(contents));
    }
    expect(rendered).toEqual([expect.stringContaining('data-state="idle"'), "<p>idle</p>"]);
  });

  test.each(["index.ts", "JazzPair.tsx", "useJazzPair.ts"])(
    'behavior: %s is compiled with "use client" as its first bytes',
    (file) => {
      const { outputText } = ts.transpileModule(source(file), {
        fileName: file,
        compilerOptions: {
          target: ts.ScriptTarget.ES2022,
          module: ts.ModuleKind.ESNext,
          jsx: ts.JsxEmit.ReactJSX,
        },
      });
      expect(outputText.startsWith('"use client";\n')).toBe(true);
    },
  );

  test("behavior: at most 15 kB, compressed, without React", async () => {
    const code = await bundle("../src/index.ts", 19, {
      minify: true,
      external: ["react", "react/*"],
      define: { "process.env.NODE_ENV": '"production"' },
    });
    const bytes = gzipSync(code, { level: 9 }).length;
    note(`@sigil/jazz-react has ${bytes} bytes, compressed, without React (at most 15,000)`);
    expect(bytes).toBeLessThanOrEqual(15_000);
    // What a strict Content-Security-Policy forbids, and what Trusted Types would.
    expect(code).not.toMatch(/\beval\(|new Function|dangerouslySetInnerHTML|innerHTML|process\.env/);
  });

  test("behavior: the theme is in a layer, without specificity, and changes nothing outside the widget", () => {
    const css = source("theme.css").replace(/\/\*.*?\*\//gs, "");
    expect(css.trim()).toMatch(/^@layer sigil \{/);
    const selectors = [...css.matchAll(/^ +(:?[^@{};:\s][^{};]*|:[^{};]+)\{/gm)].map(([, selector = ""]) =>
      selector.trim(),
    );
    expect(selectors.length).toBeGreaterThan(10);
    for (const selector of selectors)
      expect(selector.replace(/\s+/g, " ")).toMatch(/^:where\( ?\[data-sigil-jazz\]/);
  });
});
