import { randomBytes, randomInt, randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import { firstEvm } from "../client.js";
import type { Running } from "./startProgram.js";

/**
 * One call of sign by its Idempotency-Key. `body`: the answer that came, as text. `anew`: how often it was sent again though
 * nothing was on record, so that its owner was to be asked again.
 */
export type Signed = {
  readonly key: string;
  readonly payload: Uint8Array;
  readonly pair: Paired;
  body?: string;
  anew: number;
};

/** A pairing, as far as its answers came; `revoking` once that has been asked for. */
type Paired = {
  readonly id: string;
  readonly session: string;
  active: boolean;
  revoking: boolean;
  revoked: boolean;
};

/** All that was asked and all that was answered, by whoever asked. */
export type Life = {
  readonly sessions: string[];
  readonly pairs: Paired[];
  readonly signed: Signed[];
};

const workers = 4;

/** Lets several callers live with the program, and kills it at some moment. */
export async function liveUntilKilled(program: Running, life: Life): Promise<void> {
  let left = randomInt(1, 20);
  let enough = (): void => {};
  const reached = new Promise<void>((resolve) => {
    enough = resolve;
  });
  const answered = (): void => {
    left -= 1;
    if (left === 0) enough();
  };
  const working = Array.from({ length: workers }, () => work(program, life, answered));
  const ended = Promise.allSettled(working);
  await Promise.race([reached, ...working]);
  // The moment lies somewhere between two answers.
  await sleep(randomInt(4));
  await program.kill();
  for (const outcome of await ended) {
    // Whatever failed did so because the program was gone, not by what it answered.
    const name = outcome.status === "rejected" ? (outcome.reason as Error).name : outcome.status;
    expect(name).not.toBe("AssertionError");
  }
}

/** Pairs, signs and revokes, one after the other, until a call fails because the program is gone. */
async function work({ http, pairs }: Running, life: Life, answered: () => void): Promise<never> {
  for (;;) {
    const { status, body: session } = await http.session();
    expect(status).toBe(201);
    life.sessions.push(session.session_id);
    answered();
    const { pair_id: id } = await http.result(session.session_id);
    const pair: Paired = { id, session: session.session_id, active: false, revoking: false, revoked: false };
    life.pairs.push(pair);
    answered();
    expect((await http.validate(id)).status).toBe(200);
    pair.active = true;
    answered();
    for (let count = randomInt(1, 5); count > 0; count -= 1) {
      const call: Signed = { key: randomUUID(), payload: randomBytes(32), pair, anew: 0 };
      life.signed.push(call);
      call.body = await sign(http, call);
      answered();
    }
    if (randomInt(2) === 0) continue;
    pair.revoking = true;
    if (randomInt(2) === 0) expect((await http.del(`/sp/pairings/${id}`)).status).toBe(200);
    else await pairs(id);
    pair.revoked = true;
    answered();
  }
}

/** Signs, or repeats the call: its answer as text. */
export async function sign(http: Running["http"], { key, payload, pair }: Signed): Promise<string> {
  const headers = { "idempotency-key": key };
  const { status, body } = await http.sign(firstEvm, payload, { pair_id: pair.id }, { headers });
  expect([status, body]).toEqual([200, expect.anything()]);
  return JSON.stringify(body);
}
