import { answered } from "../Answer.js";
import { type Check, checksOf } from "../Check.js";
import { idleSession, resultPath } from "../requests.js";

/** How ids stand in paths. */
export const paths: readonly Check[] = checksOf("Routes", [
  [
    "route.percent-encoding",
    "Ids in paths are percent-encoded, and found whichever characters are.",
    async (octane) => {
      const id = await idleSession(octane);
      const encoded = Array.from(
        new TextEncoder().encode(id),
        (byte) => `%${byte.toString(16).padStart(2, "0")}`,
      );
      const watch = await octane.watch(resultPath("ID").replace("ID", encoded.join("")));
      watch.close();
      return answered(watch.answer(), 200);
    },
  ],
]);
