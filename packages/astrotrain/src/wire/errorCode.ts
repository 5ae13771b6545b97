import type { Json } from "./shape.js";

/** Octane's own word for a refusal, `{"error":{"code":…}}`, or `undefined` for any other body, HTML included. */
export function decodeErrorCode(body: string): string | undefined {
  try {
    const { error } = JSON.parse(body) as { error?: Json };
    const code = error?.code;
    // It goes into messages and logs, so nothing but a plain word is taken.
    return typeof code === "string" && /^[a-z0-9_]{1,64}$/.test(code) ? code : undefined;
  } catch {
    return undefined;
  }
}
