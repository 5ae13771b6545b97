import { ApplianceError, type ApplianceErrorCode } from "../appliance/errors.js";
import { Refusal } from "../octane/refusal.js";
import { version } from "../version.js";
import { ControlError } from "./ControlError.js";

/** Headers of every answer: whose it is, and that nobody keeps it or guesses its type. */
const everywhere: Readonly<Record<string, string>> = {
  "x-sigil-emulator": version,
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "cross-origin-resource-policy": "same-origin",
};

/** The answer with the headers that all of them have. */
export function sealed(answer: Response): Response {
  const headers = new Headers(answer.headers);
  for (const [name, value] of Object.entries(everywhere)) {
    if (!headers.has(name)) headers.set(name, value);
  }
  return new Response(answer.body, { status: answer.status, headers });
}

/** An answer in JSON. */
export function json(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/json", ...headers },
  });
}

const applianceStatus: Readonly<Record<ApplianceErrorCode, number>> = {
  bad_link: 400,
  bad_code: 400,
  bad_key: 400,
  scope_not_requested: 400,
  session_not_found: 404,
  pair_not_found: 404,
  session_over: 409,
  request_over: 409,
  appliance_offline: 409,
};

/** What went wrong, as status, code and a sentence. */
export type Problem = { readonly status: number; readonly code: string; readonly message: string };

/** What an error says to whoever asked. What nobody foresaw says nothing of itself. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ControlError || error instanceof Refusal) {
    const { status, code, message } = error;
    return { status, code, message };
  }
  if (error instanceof ApplianceError) {
    return { status: applianceStatus[error.code], code: error.code, message: error.message };
  }
  return {
    status: 500,
    code: "internal_error",
    message: "The emulator failed: a bug, or an approval function that threw.",
  };
}
