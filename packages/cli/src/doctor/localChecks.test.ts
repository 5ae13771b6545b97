import { describe, expect, test } from "vitest";
import { checkPublished } from "./localChecks.js";

const secret = "test_key_9f2c41";

describe("checkPublished", () => {
  test.each([
    ...["NEXT_PUBLIC", "NUXT_PUBLIC", "EXPO_PUBLIC", "BUN_PUBLIC", "PUBLIC", "VITE", "REACT_APP", "VUE_APP"],
    ...["NG_APP", "GATSBY", "STORYBOOK", "RAZZLE"],
  ])("behavior: a key in %s_KEY is found, in small letters too", (prefix) => {
    for (const name of [`${prefix}_KEY`, `${prefix}_key`.toLowerCase()])
      expect(checkPublished({ [name]: secret }, [secret])).toMatchObject({ code: "secret_published" });
  });

  test("behavior: the same key under a name that no bundler takes is none of its business", () => {
    expect(checkPublished({ MY_PUBLIC_KEY: secret }, [secret])).not.toHaveProperty("code");
  });
});
