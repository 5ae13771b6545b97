import { isBlockedPort } from "../errors/blockedPort.js";

/** System error codes of Node and its undici under which no byte of the request can have left. */
const unsentCodes: ReadonlySet<unknown> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/** Whether a failed `fetch` proves by its error that nothing was sent. Where the runtime doesn't say, it is false. */
export function isUnsent(error: unknown, depth = 0): boolean {
  if (typeof error !== "object" || error === null || depth > 4) return false;
  const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown };
  if (unsentCodes.has(code) || isBlockedPort(error)) return true;
  // Happy eyeballs: one error for each address that was tried.
  if (Array.isArray(errors) && errors.length > 0) return errors.every((each) => isUnsent(each, depth + 1));
  return isUnsent(cause, depth + 1);
}
