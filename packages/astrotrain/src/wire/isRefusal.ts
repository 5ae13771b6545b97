import type { Json } from "./shape.js";

/**
 * Whether a body is a refusal in octane's own form, `{"error":{"code":…},"request_id":…}`. What stands between writes pages of
 * its own, even after octane has asked somebody.
 */
export function isRefusal(body: string): boolean {
  try {
    const { error, request_id } = JSON.parse(body) as { error?: Json; request_id?: unknown };
    return isText(error?.code) && isText(request_id);
  } catch {
    return false;
  }
}

const isText = (value: unknown): boolean => typeof value === "string" && value !== "";
