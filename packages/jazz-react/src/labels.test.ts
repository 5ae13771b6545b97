import { expect, test } from "vitest";
import { withEnglish } from "./labels.js";

const english = withEnglish();
const names = Object.keys(english) as (keyof typeof english)[];

test("default: a label for each thing that is shown or read out", () => {
  expect(english.title(undefined)).toBe("Pair your Sigil");
  expect(english.title("Acme")).toBe("Pair your Sigil with Acme");
  for (const name of names) expect(english[name], name).toBeTruthy();
});

test("parameters: each of them can be the page's own, and the others stay English", () => {
  for (const name of names) {
    const own = name === "title" ? () => "mein" : "mein";
    expect(withEnglish({ [name]: own })).toEqual({ ...english, [name]: own });
  }
  expect(withEnglish({ copy: undefined } as object)).toEqual(english);
});
