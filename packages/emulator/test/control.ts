/** A bare client of the control API. */
import { createControl } from "../src/control/index.js";
import type { Emulator } from "../src/index.js";
import type { Got } from "./client.js";

export const token: string = "a-token-of-the-tests";

/** Asks the control API of that emulator, with the token unless told otherwise. */
export function controlOf(emulator: Emulator) {
  const control = createControl(emulator, { token });
  const raw = (method: string, path: string, init: RequestInit = {}): Promise<Response> => {
    const headers = { authorization: `Bearer ${token}`, ...init.headers };
    return control.fetch(new Request(`http://localhost:8124${path}`, { ...init, method, headers }));
  };
  const ask = async (method: string, path: string, body?: unknown): Promise<Got> => {
    const sent = { headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
    const response = await raw(method, `/_emulator${path}`, body === undefined ? {} : sent);
    const text = await response.text();
    const isJson = response.headers.get("content-type") === "application/json";
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  };
  return { raw, ask };
}
