import { describe, expect, test } from "vitest";
import { answers, depart } from "../../test/conformance/depart.js";
import { createOwned } from "../../test/conformance/emulatorApprover.js";
import { run } from "../../test/conformance/run.js";
import { linkApprover, reportText } from "./index.js";

test("default: a table by section, and the counts", async () => {
  const owned = createOwned();
  const fetch = depart(
    owned.emulator.fetch,
    answers((body, _, status) => {
      if (status === 401) body.error.code = `\u001b[2Jno ${owned.emulator.sp.apiKey}`;
    }),
  );
  const only = ["auth.missing", "rate.retry-after", "route.unknown", "sign.base64url"];
  const report = await run(owned, { fetch, only });
  expect(reportText(report)).toBe(`Conventions
  ✗ auth.missing               Every route refuses a request without Authorization: 401 unauthorized.
                               expected: 401 unauthorized to POST /sp/pair/sessions
                               came:     401  [2Jno …
  ✓ sign.base64url             Bytes that are not base64url without padding are 400 bad_request.

Refusals
  ✓ route.unknown-404          An unknown route is 404 not_found.
  ✓ route.unknown-before-body  An unknown route is found before the body is read.
  – rate.retry-after           429 rate_limited comes with Retry-After.
                               not tried: octane limited no rate

3 hold, 1 broken, 1 not tried`);
  expect(report).toMatchObject({
    octane_url: "https://octane.test/octane",
    hold: 3,
    broken: 1,
    not_tried: 1,
  });
  expect(JSON.stringify(report)).not.toContain(owned.emulator.sp.apiKey);
});

describe("linkApprover", () => {
  test("behavior: tells a person what to do", async () => {
    const lines: string[] = [];
    const owned = createOwned();
    const person = linkApprover({ print: (text) => lines.push(text), arrivalMs: 0 });
    await run({ ...owned, approver: person }, { only: ["frames.", "wallets."], waitMs: 50 });
    expect(lines[0]).toMatch(
      /Open this link on the appliance and reject it \(read on ethereum\):\n {2}https:\/\/sigil/,
    );
    await person.pair({
      link: "L",
      sessionId: "S",
      code: "123456",
      decision: "approve",
      asks: "sign on base",
    });
    expect(lines.at(-1)).toBe("  The code is 123456.");
    await person.sign({ address: "0x1", payload: "", decision: "leave" });
    await person.arrived({ address: "0x1", payload: "", decision: "leave" });
    expect(lines.at(-1)).toBe("\nA signature is asked for, by 0x1 over nothing: leave it unanswered.");
    await person.revoke("P");
    expect(lines.at(-1)).toBe("\nRevoke the pairing P on the appliance.");
  });

  test("behavior: what octane chose cannot steer the terminal", async () => {
    const lines: string[] = [];
    const person = linkApprover({ print: (text) => lines.push(text), arrivalMs: 0 });
    const odd = "\u001b[2J\n";
    const asked = { link: odd, sessionId: odd, code: "123456", asks: odd } as const;
    await person.pair({ ...asked, decision: "approve" });
    await person.sign({ address: odd, payload: odd, decision: "leave" });
    await person.revoke(odd);
    expect(lines.join("")).not.toContain("\u001b");
    expect(lines.join("")).not.toContain("[2J\n");
  });
});
