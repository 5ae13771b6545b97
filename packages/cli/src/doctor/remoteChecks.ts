import { ConfigError } from "@sigil/astrotrain";
import { explainError } from "../errors/explainError.js";
import type { Asked } from "./askOctane.js";
import { type Check, failed, ok, skipped } from "./Check.js";

/** A clock that is further off than this shows users a countdown that is wrong. */
const mostSkewMs = 30_000;

/** What one answer of octane's, or none, says of the URL, the key, the clock and the pair. */
export function remoteChecks(asked: Asked, pairId: string): readonly Check[] {
  return [checkUrl(asked), checkKey(asked), checkClock(asked), checkPair(asked, pairId)];
}

const codeOf = ({ error }: Asked): string | undefined =>
  error === undefined || error instanceof ConfigError || error.kind !== "http"
    ? undefined
    : (error.code ?? "http");

/** Refusals that octane comes to only once it knows the key. */
const knowsKey = (asked: Asked): boolean =>
  asked.error === undefined || ["not_found", "pair_revoked"].includes(codeOf(asked) ?? "");

function checkUrl(asked: Asked): Check {
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

function checkKey(asked: Asked): Check {
  const { error } = asked;
  if (knowsKey(asked)) return ok("api key", "accepted");
  if (codeOf(asked) === "unauthorized") return failedBy("api key", error);
  if (error instanceof ConfigError && error.field === "apiKey") return failedBy("api key", error);
  return skipped("api key", "octane has to be reachable first");
}

function checkClock({ dateMs, nowMs }: Asked): Check {
  if (dateMs === undefined) return skipped("clock", "no answer with a date to compare with");
  const seconds = Math.round((nowMs - dateMs) / 1000);
  if (Math.abs(nowMs - dateMs) <= mostSkewMs) return ok("clock", "agrees with octane's");
  const how = `${Math.abs(seconds)} s ${seconds > 0 ? "ahead of" : "behind"} octane's`;
  return failed(
    "clock",
    "clock_skew",
    how,
    "Set this machine's clock, best by NTP: codes and sessions expire by it.",
  );
}

function checkPair(asked: Asked, pairId: string): Check {
  if (pairId === "") return skipped("pair", "SIGIL_PAIR_ID is not set");
  if (asked.error === undefined) return ok("pair", "known, and not revoked");
  if (knowsKey(asked)) return failedBy("pair", asked.error);
  return skipped("pair", "the API key has to be accepted first");
}

function failedBy(name: string, error: unknown): Check {
  const { code, message, next } = explainError(error);
  return failed(name, code, message.replace(/\.$/, ""), next);
}
