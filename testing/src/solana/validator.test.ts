import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { notRun } from "../notRun.js";
import { findValidator } from "./findValidator.js";
import { kitSuite } from "./kitSuite.js";
import { startValidator, type Validator } from "./validator.js";
import { web3Suite } from "./web3Suite.js";

const command = findValidator();

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

const isFree = (url: string): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer().once("error", () => resolve(false));
    server.listen(Number(new URL(url).port), "127.0.0.1", () => server.close(() => resolve(true)));
  });

if (command === undefined)
  notRun("startValidator", "put solana-test-validator on PATH or set SOLANA_TEST_VALIDATOR to its path");
else
  describe("startValidator", () => {
    let chain: Validator;
    beforeAll(async () => {
      chain = await startValidator();
    }, 70_000);
    afterAll(() => chain.stop());

    kitSuite(() => chain);
    web3Suite(() => chain);

    // Last: it needs no second validator, which would cost two seconds of a whole core.
    test("behavior: stop leaves nothing", async () => {
      expect(isAlive(chain.pid)).toBe(true);
      expect(existsSync(chain.ledger)).toBe(true);
      expect(await isFree(chain.rpcUrl)).toBe(false);
      await chain.stop();
      expect(isAlive(chain.pid)).toBe(false);
      expect(existsSync(chain.ledger)).toBe(false);
      expect(await isFree(chain.rpcUrl)).toBe(true);
      expect(await isFree(chain.wsUrl)).toBe(true);
    });
  });
