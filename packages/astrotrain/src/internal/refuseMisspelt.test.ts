import { describe, expect, test } from "vitest";
import { ConfigError } from "../errors/ConfigError.js";
import { refuseMisspelt } from "./refuseMisspelt.js";

const names = { client: true, octanePublicKey: true, requireFreshness: true } as const;
const check = (options: object) => () => refuseMisspelt(options, names);

describe("refuseMisspelt", () => {
  test("default: an option's own name passes, and so does any other field", () => {
    const larger = { client: 1, requireFreshness: true, publicKey: 2, freshness: 3, clientele: 4, "": 5 };
    expect(check(larger)).not.toThrow();
    expect(check({})).not.toThrow();
    expect(check(Object.create(null))).not.toThrow();
  });

  test.each([
    ["another case", "octanePublickey", "octanePublicKey"],
    ["no case at all", "OCTANEPUBLICKEY", "octanePublicKey"],
    ["a letter less", "requireFreshnes", "requireFreshness"],
    ["the first letter less", "lient", "client"],
    ["a letter more", "requireFresshness", "requireFreshness"],
    ["a letter more at its end", "clients", "client"],
    ["another letter", "requireFreshmess", "requireFreshness"],
    ["two letters swapped", "cleint", "client"],
    ["the last two letters swapped", "octanePublicKye", "octanePublicKey"],
  ])("behavior: %s is refused, and told without the value", (_, field, meant) => {
    const error = new ConfigError(field, `is no option; ${meant} is one. Mend its name.`);
    expect(check({ client: {}, [field]: "a secret" })).toThrow(error);
    expect(check({ [field]: undefined })).toThrow(error);
  });

  test.each(["requireFreshne", "cliennts", "ctanePublicKeys", "leicnt"])(
    "behavior: %s is two letters away, and passes",
    (field) => {
      expect(check({ [field]: true })).not.toThrow();
    },
  );
});
