import { figure, rounds, roundsVariable } from "@sigil/testing/promises";
import { expect, test } from "vitest";
import { client, decode, type Got } from "../test/client.js";
import { createEmulator } from "./index.js";

const scope = { requested_scopes: [{ chain: "base", access: "sign" }] };

test("R49: of any number of guesses at most three are looked at, and none afterwards pairs", {
  timeout: 3_600_000,
}, async () => {
  const emulator = createEmulator();
  const sp = client(emulator);
  // A million takes seven minutes. What comes after the first three is refused each time alike.
  const guesses = process.env[roundsVariable] === "long" ? 10_000 : rounds(2_000);
  const sessions = rounds(100);
  let most = 0;
  for (let session = 0; session < sessions; session += 1) {
    const pairId = await sp.pairPending(scope);
    let looked = 0;
    // Many at a time, so that guesses race each other to the appliance. The right code is 123456.
    for (let guess = 0; guess < guesses; guess += 100) {
      const codes = Array.from({ length: 100 }, (_, at) => String(guess + at).padStart(6, "0"));
      const answers: Got[] = await Promise.all(codes.map((code) => sp.validate(pairId, code)));
      expect(answers.every(({ status }) => status === 403)).toBe(true);
      looked += answers.filter(({ body }) => body.error.code === "wrong_validation_code").length;
    }
    most = Math.max(most, looked);
    expect((await sp.validate(pairId)).body.error.code).toBe("pair_revoked");
    expect(emulator.appliance.pairs().at(-1)).toMatchObject({ state: "revoked", wrong_codes: 3 });
  }
  expect(most).toBe(3);
  figure("R49", `${sessions} sessions x ${guesses} guesses, ${most} of each looked at`);
});

test("R49: the link cannot be guessed, and is good for 600 s at most", async () => {
  const emulator = createEmulator({ approval: "manual" });
  const sp = client(emulator);
  expect((await sp.session({ expires_in_secs: 601 })).body.error.code).toBe("expires_out_of_range");
  const { body } = await sp.session({ expires_in_secs: 600 });
  const card = await emulator.appliance.open(body.pair_uri, { code: "123456" });
  emulator.clock.advance(600_000);
  await expect(card.approve()).rejects.toMatchObject({ code: "session_over" });

  const made = rounds(10_000);
  const ids: Uint8Array[] = [];
  for (let id = 0; id < made; id += 1) ids.push(decode((await sp.session(scope)).body.session_id));
  const bits = (ids[0]?.length ?? 0) * 8;
  const varied = Array.from({ length: bits }, (_, bit) =>
    ids.reduce((sum, id) => sum + (((id[bit >> 3] ?? 0) >> (bit & 7)) & 1), 0),
  );
  // Six standard deviations around half of them.
  const within = 6 * Math.sqrt(made / 4);
  const free = varied.filter((set) => Math.abs(set - made / 2) < within).length;
  expect(free).toBeGreaterThanOrEqual(128);
  expect(new Set(ids.map(String)).size).toBe(made);
  figure("R49", `${free} of a session id's ${bits} bits vary freely over ${made} ids; 600 s at most`);
});
