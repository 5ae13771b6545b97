import { figure } from "@sigil/testing/promises";
import { describe, expect, test } from "vitest";
import type { CreatedSession } from "../PairFlowOptions.js";
import { toOpenSession } from "./toOpenSession.js";

const now = Date.parse("2026-01-01T00:00:00Z");
const created = { session_id: "s-1", expires_at: "2026-01-01T00:05:00Z", validation_code: "012345" };

/** What would lead elsewhere, or out of an attribute, where it was pasted into a link. */
const hostile = `
  javascript:alert(1) //evil.example https://evil.example ../.. ..%2f.. /../ %2e%2e . .. ?x#y &v=999999 &session=other # ? & =
  "onclick="x 'onclick='x <script>alert(1)</script> </a><img/src=x/onerror=y> \\evil.example \\\\evil @evil.example :80 :
  data:text/html,x sigil://other vbscript:x %00 %0d%0aset-cookie:x {{constructor}} \${alert(1)} ;v=1 %26v=1 \u202e \ufeff`;

/** What a page may pass, types or no types. */
const open = (value: unknown) => toOpenSession(value as CreatedSession, now);

describe("toOpenSession", () => {
  test("default", () => {
    expect(open(created)).toEqual({
      sessionId: "s-1",
      qrUri: "sigil://pair?session=s-1",
      link: "https://sigilvault.xyz/pair?session=s-1&v=012345",
      shareLink: "https://sigilvault.xyz/pair?session=s-1",
      code: "012345",
      expiresAt: now + 300_000,
    });
  });

  test("behavior: without a code, the link has none", () => {
    expect(open({ ...created, validation_code: undefined })).toMatchObject({
      link: "https://sigilvault.xyz/pair?session=s-1",
      code: undefined,
    });
  });

  test.each(["2025-12-31T23:59:59Z", "2026-01-01T00:10:01Z"])(
    "behavior: %s cannot be right by this clock, and is not counted down to",
    (expires_at) => {
      expect(open({ ...created, expires_at }).expiresAt).toBeUndefined();
    },
  );

  test.each([
    ["nothing", undefined, "no session"],
    ["null", null, "no session"],
    ["text", "s-1", "no session"],
    ["an empty id", { ...created, session_id: "" }, "no session"],
    ["an id that is no Unicode", { ...created, session_id: "\ud800" }, "no session"],
    ["no time", { ...created, expires_at: undefined }, "expires_at"],
    ["a number for a code", { ...created, validation_code: 12345 }, "validation_code"],
    ["a refusal", { error: { code: "unauthorized", message: "Log in first." } }, "refuses (unauthorized)"],
    ["a refusal of another make", { error: "<b>no</b>" }, "when it refuses. Give the response itself"],
  ])("behavior: %s is no session", (_, value, message) => {
    expect(() => open(value)).toThrow(
      expect.objectContaining({ kind: "deserialise", message: expect.stringContaining(message) }),
    );
  });

  test("R52: no session that a server may answer with makes a link lead elsewhere", () => {
    const texts = hostile.trim().split(/\s+/);
    let links = 0;
    for (const text of texts) {
      const { link, shareLink, qrUri } = open({ ...created, session_id: text, pair_uri: text });
      for (const url of [link, shareLink].map((each) => new URL(each))) {
        expect([url.origin, url.pathname, url.hash]).toEqual(["https://sigilvault.xyz", "/pair", ""]);
        expect(url.searchParams.getAll("session")).toEqual([text]);
        links += 1;
      }
      expect(new URL(link).searchParams.getAll("v")).toEqual(["012345"]);
      expect(new URL(qrUri).protocol).toBe("sigil:");
      links += 1;
    }
    figure("R52", `${links} links from ${texts.length} hostile sessions, all to the phone app's own page`);
  });
});
