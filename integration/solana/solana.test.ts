// One file, because a chain of its own costs each file a core: on solana-test-validator where there is one, else litesvm.
import { afterAll, beforeAll, beforeEach, describe } from "vitest";
import { kitTests } from "./kitTests.js";
import { makeLookupTable } from "./lookupTable.js";
import { lookupTableTests } from "./lookupTableTests.js";
import { refusalTests } from "./refusalTests.js";
import { type Stage, startStage } from "./stage.js";
import { web3Tests } from "./web3Tests.js";

let stage: Stage;
let table: Awaited<ReturnType<typeof makeLookupTable>>;

beforeAll(async () => {
  stage = await startStage();
  // Made first and used last: it takes seconds until it is final.
  table = await makeLookupTable(stage);
});

beforeEach(() => {
  stage.sigil.phone.decision = "approve";
});

afterAll(() => stage?.stop());

describe("kit", () => kitTests(() => stage));
describe("web3.js", () => web3Tests(() => stage));
describe("refusals", () => refusalTests(() => stage));
describe("address lookup tables", () =>
  lookupTableTests(
    () => stage,
    () => table,
  ));
