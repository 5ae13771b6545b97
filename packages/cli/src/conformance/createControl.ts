import { isThisMachine } from "../isThisMachine.js";
import { asObject, type Json, objectOf } from "./Json.js";

/** How to control an emulator. */
export type EmulatedOptions = {
  /** The emulator's base URL; its control API is at `/_emulator` of the same origin. */
  readonly octaneUrl: string;
  /** The token `sigil dev` or `listen` gave. Never shown. */
  readonly controlToken: string;
  /** Default: the platform's. */
  readonly fetch?: typeof globalThis.fetch | undefined;
};

/** An emulator's control API. */
export type ControlApi = {
  /** Asks for what is below `/_emulator`. @throws Error where the emulator does not do it, in its words. */
  readonly ask: (method: string, path: string, body?: object) => Promise<Json>;
  /** The path of its first appliance, or of something of it. */
  readonly appliance: (what?: string) => string;
};

/** Makes the way to it. @throws TypeError for an `octaneUrl` of another machine. */
export function createControl({ octaneUrl, controlToken, fetch: given }: EmulatedOptions): ControlApi {
  const fetch: typeof globalThis.fetch = given ?? ((input, init) => globalThis.fetch(input, init));
  const { origin } = new URL(octaneUrl);
  if (!isThisMachine(new URL(origin)))
    throw new TypeError("octaneUrl must be of this machine: the control token goes nowhere else.");
  const send = async (url: string, init: RequestInit): Promise<Response> => {
    try {
      return await fetch(url, init);
    } catch (cause) {
      throw new Error(`No emulator answers at ${origin}: check the URL, and that it runs there.`, { cause });
    }
  };
  return {
    ask: async (method, path, body) => {
      const json = body === undefined ? {} : { "content-type": "application/json" };
      const response = await send(`${origin}/_emulator${path}`, {
        method,
        headers: { authorization: `Bearer ${controlToken}`, ...json },
        redirect: "error",
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (!response.headers.has("x-sigil-emulator"))
        throw new Error(`What answers at ${origin} is no emulator: check the URL.`);
      const answer = objectOf(await response.text());
      if (response.ok) return answer;
      const { message = "there is no control API" } = asObject(answer.error);
      const hint = response.status === 401 ? " It prints the token at each start." : "";
      throw new Error(
        `The emulator at ${origin} refused ${method} ${path} (${response.status}): ${message}${hint}`,
      );
    },
    appliance: (what = "") => `/appliances/first${what}`,
  };
}
