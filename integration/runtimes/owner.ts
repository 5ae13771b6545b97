/** What lies before an appliance's owner. */
type Screen = { readonly requests: readonly unknown[] };

type Exchange = {
  readonly url: string;
  readonly response: { readonly status?: number; readonly ended?: string };
};

/** The owner of an emulated appliance, by way of the emulator's control API: the same in every runtime that has `fetch`. */
export type Owner = {
  readonly scan: (link: string) => Promise<void>;
  readonly revoke: (pairId: string) => Promise<void>;
  /** Waits until the screen is as it should be. */
  readonly until: (isSo: (screen: Screen) => boolean) => Promise<void>;
  /** Waits until a caller has hung up. */
  readonly untilLeft: (path: string) => Promise<void>;
  /** Waits until somebody listens to the events of the pair. */
  readonly untilWatched: (pairId: string) => Promise<void>;
};

export function ownerAt({ octaneUrl, controlToken }: OwnerAccess): Owner {
  const call = async (method: string, path: string, body?: object): Promise<unknown> => {
    const response = await fetch(`${octaneUrl}/_emulator${path}`, {
      method,
      headers: { authorization: `Bearer ${controlToken}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === "" ? undefined : JSON.parse(text);
  };
  const poll = async <T>(path: string, isSo: (answer: T) => boolean): Promise<void> => {
    for (const end = Date.now() + 20_000; Date.now() < end; await pause(20)) {
      if (isSo((await call("GET", path)) as T)) return;
    }
    throw new Error(`${path} did not become what was waited for within 20 seconds.`);
  };
  return {
    scan: async (link) => void (await call("POST", "/appliances/first/scan", { link })),
    revoke: async (pairId) => void (await call("DELETE", `/appliances/first/pairs/${pairId}`)),
    until: (isSo) => poll("/appliances/first", isSo),
    untilLeft: (path) =>
      poll<{ readonly exchanges: readonly Exchange[] }>("/traffic", ({ exchanges }) =>
        exchanges.some(({ url, response }) => url.endsWith(path) && response.ended === "aborted"),
      ),
    untilWatched: (pairId) =>
      poll<{ readonly exchanges: readonly Exchange[] }>("/traffic", ({ exchanges }) =>
        exchanges.some(
          ({ url, response }) =>
            url.endsWith(`/${pairId}/events`) && response.status === 200 && response.ended === "open",
        ),
      ),
  };
}

type OwnerAccess = { readonly octaneUrl: string; readonly controlToken: string };

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
