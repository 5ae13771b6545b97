import type { ConfigError, SignError } from "@sigil/astrotrain";
import { textOf } from "@sigil/evm";
import { makeError } from "ethers";

/** What the user was asked for, in ethers' words. */
export type Action = "signTransaction" | "signMessage" | "signTypedData" | "unknown";

/** The three answers of a person that ethers has words for. */
const reasons: Readonly<Record<string, "rejected" | "expired" | "pending">> = {
  user_rejected: "rejected",
  user_timeout: "expired",
  pair_pending: "pending",
};

/** ethers' own error for the case, with what was thrown as its `cause`. */
export function toEthersError(method: string, action: Action, error: unknown): Error {
  const ethersError = translate(method, action, error);
  // Not among the error's infos, which ethers puts into the message.
  Object.defineProperty(ethersError, "cause", { value: error, configurable: true, writable: true });
  return ethersError;
}

function translate(method: string, action: Action, error: unknown): Error {
  const message = `${method} failed: ${textOf(error)}`;
  if (isNamed<ConfigError>(error, "ConfigError"))
    return makeError(message, "INVALID_ARGUMENT", { argument: error.field, value: "[hidden]" });
  if (!isNamed<SignError>(error, "SignError")) return makeError(message, "UNKNOWN_ERROR", {});
  switch (error.kind) {
    case "http": {
      const reason = reasons[error.code ?? ""];
      if (reason !== undefined) return makeError(message, "ACTION_REJECTED", { action, reason });
      const { status, code } = error;
      return makeError(message, "SERVER_ERROR", { request: "POST /sp/sign", info: { status, code } });
    }
    case "network":
      return networkError(method, message, error.cause);
    case "deserialise":
    case "signature_mismatch":
      return makeError(message, "BAD_DATA", { value: "[octane's answer]" });
    default:
      return makeError(message, "UNKNOWN_ERROR", {});
  }
}

function networkError(operation: string, message: string, cause: unknown): Error {
  const { name, cause: inner } = (cause ?? {}) as { name?: unknown; cause?: { code?: unknown } };
  const byRuntime = /^UND_ERR_(HEADERS|BODY)_TIMEOUT$/.test(String(inner?.code));
  if (name === "TimeoutError" || byRuntime)
    return makeError(message, "TIMEOUT", { operation, reason: "timeout" });
  if (name === "AbortError") return makeError(message, "CANCELLED", {});
  return makeError(message, "NETWORK_ERROR", { event: "sign" });
}

/** By its name: an application may hold a second copy of astrotrain. */
const isNamed = <T extends Error>(error: unknown, name: string): error is T =>
  error instanceof Error && error.name === name;

/** Whether ethers itself made it: it has a short message and one of ethers' codes. */
export function isEthersError(error: unknown): error is Error {
  const { code, shortMessage } = (error ?? {}) as { code?: unknown; shortMessage?: unknown };
  return error instanceof Error && typeof shortMessage === "string" && /^[A-Z_]+$/.test(String(code));
}
