import type { Appliance } from "@sigil/emulator";

export const origin = "https://app.example";

/** Users are who they say in a cookie, such as `user=ada`. */
export const authorize = (request: Request): { userId: string } | null => {
  const userId = /(?:^|; )user=(\w+)/.exec(request.headers.get("cookie") ?? "")?.[1];
  return userId === undefined ? null : { userId };
};

type Fetch = (request: Request) => Promise<Response>;

/** What the mint route answers. */
type Minted = {
  readonly session_id: string;
  readonly pair_uri: string;
  readonly expires_at: string;
  readonly validation_code: string;
};

/** One user's page, as a browser sends its requests. */
export type Page = {
  readonly get: (path: string, init?: RequestInit) => Promise<Response>;
  readonly post: (path: string, init?: RequestInit) => Promise<Response>;
  readonly mint: () => Promise<Minted>;
  /** The events of the result, once the stream has ended. */
  readonly result: (sessionId: string) => Promise<string>;
  /** Mints, approves as the owner, and waits for the end. */
  readonly pair: (appliance: Appliance) => Promise<Minted>;
  readonly sign: (body: object) => Promise<Response>;
  readonly state: (sessionId: string) => Promise<string>;
};

export function page(fetch: Fetch, user?: string, base = `${origin}/api`): Page {
  const cookie: Record<string, string> = user === undefined ? {} : { cookie: `theme=dark; user=${user}` };
  const send = (path: string, init: RequestInit, own: Record<string, string>): Promise<Response> => {
    const headers = new Headers({ ...cookie, "sec-fetch-site": "same-origin", ...own });
    for (const [name, value] of new Headers(init.headers)) headers.set(name, value);
    return fetch(new Request(base + path, { ...init, headers }));
  };
  const get: Page["get"] = (path, init = {}) => send(path, init, {});
  const post: Page["post"] = (path, init = {}) =>
    send(path, { method: "POST", body: "{}", ...init }, { origin, "content-type": "application/json" });
  const mint: Page["mint"] = async () => (await (await post("/create-pair-session")).json()) as Minted;
  const result: Page["result"] = async (id) => (await get(`/sp/pair/sessions/${id}/result`)).text();
  return {
    get,
    post,
    mint,
    result,
    pair: async (appliance) => {
      const minted = await mint();
      await appliance.open(minted.pair_uri, { code: minted.validation_code });
      await result(minted.session_id);
      return minted;
    },
    sign: (body) => post("/sp/sign", { body: JSON.stringify(body) }),
    state: async (id) => ((await (await get(`/sp/pair/sessions/${id}`)).json()) as { state: string }).state,
  };
}

/** The JSON of a stream's one event; `undefined` where it had none. */
export function eventIn(text: string): Record<string, unknown> | undefined {
  const [, data] = /^data: (.+)$/m.exec(text) ?? [];
  return data === undefined ? undefined : (JSON.parse(data) as Record<string, unknown>);
}
