import { inspect } from "node:util";
import { figure } from "@sigil/testing/promises";
import { build, type Metafile } from "esbuild";
import { describe, expect, test } from "vitest";

type Bundle = { readonly text: string; readonly inputs: Metafile["outputs"][string]["inputs"] };

/** What a page's bundler makes of `source`: our packages from their sources, by the condition that all bundlers set. */
async function bundleForBrowser(source: string, conditions = ["browser"]): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: source, resolveDir: import.meta.dirname, loader: "ts" },
    bundle: true,
    write: false,
    metafile: true,
    minify: true,
    platform: "browser",
    format: "esm",
    target: "es2022",
    conditions: ["@sigil/source", ...conditions],
    logLevel: "silent",
  });
  const [output] = Object.values(metafile.outputs);
  return { text: outputFiles[0]?.text ?? "", inputs: output?.inputs ?? {} };
}

/** What only the client that holds the keys is made of. */
const signingClient = /signing\/(?!buildSpMessage)|wire\/sign\.|@noble/;

const bytesOf = ({ inputs }: Bundle, files: RegExp): number =>
  Object.entries(inputs)
    .filter(([path]) => files.test(path))
    .reduce((sum, [, { bytesInOutput }]) => sum + bytesInOutput, 0);

const run = async (text: string): Promise<Record<string, unknown>> =>
  (await import(`data:text/javascript,${encodeURIComponent(text)}`)) as Record<string, unknown>;

describe("R29: a browser's bundle has nothing that signs", () => {
  const entries = {
    pairing: 'export * from "@sigil/astrotrain/pairing";',
    main: 'export * from "@sigil/astrotrain";',
  };

  test("R29: 0 bytes of the signing client, no import of Node's, no key", async () => {
    const canary = "sk_test_canary_in_env";
    process.env.SIGIL_API_KEY = canary;
    const figures: string[] = [];
    for (const [name, source] of Object.entries(entries)) {
      const bundle = await bundleForBrowser(source);
      const signing = bytesOf(bundle, signingClient);
      expect(signing).toBe(0);
      expect(bytesOf(bundle, /transport\//)).toBeGreaterThan(1_000);
      // As booleans: a failure would print the whole bundle.
      expect(/node:|\brequire\(|\bimport\b/.test(bundle.text)).toBe(false);
      expect(bundle.text.includes(canary) || bundle.text.includes("process.env")).toBe(false);
      figures.push(`${name} ${bundle.text.length} bytes, ${signing} of them of the signing client`);
    }
    delete process.env.SIGIL_API_KEY;
    // The same look finds it where it is.
    expect(
      bytesOf(await bundleForBrowser(entries.main, ["workerd", "browser"]), signingClient),
    ).toBeGreaterThan(2_000);
    figure("R29", figures.join("; "));
  });

  test("R29: what signs is there by name, and throws", async () => {
    const names = Object.keys(await import("@sigil/astrotrain")).sort();
    const page = await run((await bundleForBrowser(entries.main)).text);
    expect(Object.keys(page).sort()).toEqual(names);
    const { AstrotrainClient, sign } = page as {
      AstrotrainClient: new () => unknown;
      sign: () => Promise<unknown>;
    };
    expect(() => new AstrotrainClient()).toThrow(/not part of a browser bundle/);
    await expect(sign()).rejects.toThrow(/not part of a browser bundle/);
    expect(inspect(page.mintValidationCode)).toContain("Function");
  });
});
