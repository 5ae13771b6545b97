import { sleep } from "../../internal/sleep.js";
import { passed } from "../bodies.js";
import { duration, whole } from "../checks.js";
import { complete, headOf } from "../heads.js";
import type { Kind } from "../Kind.js";

/** Octane does at once what it was asked; its answer comes later. */
export type Latency = { readonly kind: "latency"; readonly ms: number };

/** Octane's own answer, a few bytes at a time. */
export type Drip = {
  readonly kind: "drip";
  /** How many bytes at a time. */
  readonly bytes: number;
  /** The pause before each. */
  readonly everyMs: number;
};

export const latency: Kind<Latency> = {
  fields: { ms: duration },
  deliver: async ({ ms }, { handle, signal }) => {
    const [response] = await Promise.all([handle(), sleep(ms, signal)]);
    return { head: headOf(response), body: passed(response), ending: complete };
  },
};

export const drip: Kind<Drip> = {
  fields: { bytes: whole(1), everyMs: duration },
  deliver: async ({ bytes, everyMs }, { handle }) => {
    const response = await handle();
    return {
      head: headOf(response),
      body: async function* (gone) {
        for await (const chunk of passed(response)(gone)) {
          for (let at = 0; at < chunk.length; at += bytes) {
            await sleep(everyMs, gone);
            if (gone.aborted) return;
            yield chunk.subarray(at, at + bytes);
          }
        }
      },
      ending: complete,
    };
  },
};
