import { ConfigError } from "@sigil/astrotrain";
import { explainError } from "../errors/explainError.js";
import type { Given } from "../options/names.js";
import type { Asked } from "./askOctane.js";
import { type Check, failed, ok, skipped } from "./Check.js";

/** A clock that is further off than this shows users a countdown that is wrong. */
const mostSkewMs = 30_000;

/** What one answer of octane's, or none, says of the URL, the key, the clock and the pair. */
export function remoteChecks(asked: Asked, pairId: string, given: Given): readonly Check[] {
  const failedBy = failedWith(given);
  return [
    checkUrl(asked, failedBy),
    checkKey(asked, failedBy),
    checkClock(asked),
    checkPair(asked, pairId, failedBy),
  ];
}

const codeOf = ({ error }: Asked): string | undefined =>
  error === undefined || error instanceof ConfigError || error.kind !== "http"
    ? undefined
    : (error.code ?? "http");

/** Refusals that octane comes to only once it knows the key. */
const knowsKey = (asked: Asked): boolean =>
  asked.error === undefined || ["not_found", "pair_revoked"].includes(codeOf(asked) ?? "");

function checkUrl(asked: Asked, failedBy: FailedBy): Check {
  const { error, emulator } = asked;
  if (error === undefined || knowsKey(asked) || codeOf(asked) === "unauthorized") {
    return ok("octane", emulator ? "reachable; it is an EMULATOR" : "reachable");
  }
  if (error instanceof ConfigError && error.field === "apiKey")
    return skipped("octane", "the API key is no key");
  if (codeOf(asked) === "http") {
    const next = "Check SIGIL_OCTANE_URL, with its path: in production it ends in /octane.";
    return failed("octane", "not_octane", "something answers there, but not as octane does", next);
  }
  return failedBy("octane", error);
}

function checkKey(asked: Asked, failedBy: FailedBy): Check {
  const { error } = asked;
  if (knowsKey(asked)) return ok("api key", "accepted");
  if (codeOf(asked) === "unauthorized") return failedBy("api key", error);
  if (error instanceof ConfigError && error.field === "apiKey") return failedBy("api key", error);
  return skipped("api key", "octane has to be reachable first");
}

function checkClock({ dateMs, nowMs, emulator }: Asked): Check {
  if (dateMs === undefined) return skipped("clock", "no answer with a date to compare with");
  const seconds = Math.round((nowMs - dateMs) / 1000);
  if (Math.abs(nowMs - dateMs) <= mostSkewMs) return ok("clock", "agrees with octane's");
  const how = `${Math.abs(seconds)} s ${seconds > 0 ? "ahead of" : "behind"} octane's`;
  const next = emulator
    ? "The emulator's clock was moved, as sigil trigger expire does: start it anew to have it set right."
    : "Set this machine's clock, best by NTP: codes and sessions expire by it.";
  return failed("clock", "clock_skew", how, next);
}

function checkPair(asked: Asked, pairId: string, failedBy: FailedBy): Check {
  if (pairId === "") return skipped("pair", "SIGIL_PAIR_ID is not set");
  if (asked.error === undefined) return ok("pair", "known, and not revoked");
  if (knowsKey(asked)) return failedBy("pair", asked.error);
  return skipped("pair", "the API key has to be accepted first");
}

type FailedBy = (name: string, error: unknown) => Check;

/** Where the other commands send whoever asks to doctor, which is here. */
const nextSteps: Readonly<Record<string, string>> = {
  unauthorized:
    "Set SIGIL_API_KEY (or --api-key) to the key that octane's operator gave you, or sigil dev printed.",
  network:
    "Check the host and port of SIGIL_OCTANE_URL (or --octane-url), and that octane runs there: sigil dev starts an emulator.",
};

const failedWith =
  (given: Given): FailedBy =>
  (name, error) => {
    const { code, message, next, docs } = explainError(error, given);
    const here = next.includes("sigil doctor") ? "Check SIGIL_OCTANE_URL, and what octane says." : next;
    return failed(name, code, message.replace(/\.$/, ""), nextSteps[code] ?? here, docs);
  };
