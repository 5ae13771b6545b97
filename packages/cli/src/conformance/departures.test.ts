import { isFullRun } from "@sigil/testing/promises";
import { describe, expect, test } from "vitest";
import { depart } from "../../test/conformance/depart.js";
import { departures } from "../../test/conformance/departures.js";
import { createOwned } from "../../test/conformance/emulatorApprover.js";
import { ids, run } from "../../test/conformance/run.js";

/** The family of a check: what its id begins with. A full run makes all the other checks too, and they have to hold. */
const familyOf = (id: string): string => id.replace(/\..*$/, ".");

describe("departures from the protocol", () => {
  test.concurrent.each(Object.entries(departures))(
    "behavior: %s is found, and nothing else",
    async (_, departure) => {
      const { broken, others = [], hook, options = {} } = departure;
      const owned = createOwned();
      const report = await run(owned, {
        fetch: depart(owned.emulator.fetch, hook(owned)),
        ...(isFullRun() ? {} : { only: [...broken.map(familyOf), ...others] }),
        ...options,
      });
      expect([...ids(report, "broken")].sort()).toEqual([...broken].sort());
    },
  );
});
