import type { Answer, StreamAnswer } from "../octane/answer.js";
import { respond } from "../octane/respond.js";
import { eventOf, sseHeaders } from "../octane/sse.js";
import { passed } from "./bodies.js";
import type { Delivery } from "./Delivery.js";
import { answer, complete, headOf } from "./heads.js";
import { mostEarlier } from "./Kind.js";
import type { FaultRoute } from "./routes.js";

/** Is told what octane answers. */
export type Answered = (answer: Answer | StreamAnswer) => void;

/** The last 2xx answers of each route, so that one can be given again. */
export type Earlier = {
  keeper(route: FaultRoute | undefined): Answered;
  /** The answer so many back, ready to leave again; of a stream its frame. */
  find(route: FaultRoute | undefined, back: number): Delivery | undefined;
  clear(): void;
};

/** Makes an empty record. What is kept is octane's own object: nothing is copied until it is asked for. */
export function createEarlier(): Earlier {
  const byRoute = new Map<FaultRoute | undefined, (Answer | StreamAnswer)[]>();
  return {
    keeper: (route) => (given) => {
      if (!("frame" in given) && given.status >= 300) return;
      const kept = byRoute.get(route) ?? [];
      byRoute.set(route, kept);
      kept.push("frame" in given ? { ...given, stream: nothing } : given);
      if (kept.length > mostEarlier) kept.shift();
    },
    clear: () => byRoute.clear(),
    find: (route, back) => {
      const kept = (byRoute.get(route) ?? []).filter(
        (each) => !("frame" in each) || each.frame() !== undefined,
      );
      const found = kept.at(-back);
      return found === undefined ? undefined : again(found);
    },
  };
}

/** In the place of a stream that somebody else reads. */
const nothing: ReadableStream<Uint8Array> = new ReadableStream();

function again(given: Answer | StreamAnswer): Delivery {
  if ("frame" in given) {
    const frame = given.frame();
    return answer(200, sseHeaders, frame === undefined ? "" : eventOf(frame));
  }
  const response = respond(given);
  return { head: headOf(response), body: passed(response), ending: complete };
}
