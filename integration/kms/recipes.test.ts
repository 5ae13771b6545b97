import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const folder = new URL("../../examples/kms/", import.meta.url);
const recipes = readdirSync(folder).filter((name) => name.endsWith(".ts"));

describe("docs/kms.md", () => {
  test.each(recipes)("default: shows %s as it is", (name) => {
    const page = readFileSync(new URL("../../docs/kms.md", import.meta.url), "utf8");
    expect(page).toContain(`\`\`\`ts\n${readFileSync(new URL(name, folder), "utf8")}\`\`\`\n`);
  });
});
