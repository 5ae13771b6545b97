import { expect, test } from "vitest";
import { notRun } from "../testing/src/notRun.js";
import { figure, roundsVariable } from "../testing/src/promises.js";
import { mutate, rooms } from "./mutation.js";

if (process.env[roundsVariable] === "long")
  test("R61: of all changes to transport, SSE, pairing and verification the tests notice 85 in 100", {
    timeout: 7_200_000,
  }, async () => {
    for (const [name, { killed, all }] of await mutate(rooms)) {
      figure("R61", `${name}: ${killed} of ${all} mutants killed, ${((100 * killed) / all).toFixed(1)} %`);
      expect(killed / all, name).toBeGreaterThanOrEqual(0.85);
    }
  });
else
  notRun(
    "R61: mutation testing of transport, SSE, pairing and verification",
    "pnpm test:promises --long R61",
  );
