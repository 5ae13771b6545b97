import { AstrotrainClient } from "@sigil/astrotrain";
import { createEmulator, type Emulator, type EmulatorOptions } from "@sigil/emulator";
import { onTestFinished } from "vitest";
import { createSigilProxy, type Paired, type SigilProxy, type SigilProxyConfig } from "../src/index.js";
import { authorize, origin } from "./page.js";

export { origin } from "./page.js";

/** A proxy before an emulator, and what it did. */
export type Setup = {
  readonly emulator: Emulator;
  readonly proxy: SigilProxy;
  readonly config: SigilProxyConfig;
  /** The SP's own, with which the proxy signs for whoever has paired. */
  readonly client: AstrotrainClient;
  /** What `onPaired` got. */
  readonly paired: Paired[];
  readonly errors: unknown[];
  /** What left for octane. */
  readonly calls: Request[];
  /** How many of its waits the proxy has given up. */
  readonly aborted: () => number;
};

export function setup(options: Partial<SigilProxyConfig> = {}, emulated: EmulatorOptions = {}): Setup {
  const emulator = createEmulator({ allowedReturnOrigins: [origin], ...emulated });
  const calls: Request[] = [];
  let aborted = 0;
  const paired: Paired[] = [];
  const errors: unknown[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    calls.push(request.clone());
    const left = (): void => {
      aborted += 1;
    };
    const answered = await emulator.fetch(input, init).catch((error: unknown) => {
      if (init?.signal?.aborted === true) left();
      throw error;
    });
    return watched(answered, left);
  };
  const octaneUrl = "https://octane.test";
  const { apiKey, privateKeySeed } = emulator.sp;
  const client = new AstrotrainClient({ octaneUrl, apiKey, privateKeySeed, fetch });
  onTestFinished(() => client.close());
  const config: SigilProxyConfig = {
    octaneUrl,
    apiKey,
    fetch,
    authorize,
    onPaired: (got) => {
      paired.push(got);
    },
    onError: (error) => errors.push(error),
    allowedOrigins: [origin],
    requestedScopes: [{ chain: "base", access: "sign" }],
    sign: {
      authorize: (_, { userId }) => {
        const pair = paired.find((each) => each.userId === userId);
        const address = pair?.entries[0]?.address;
        return pair === undefined || address === undefined ? null : { client, address, pairId: pair.pairId };
      },
    },
    ...options,
  };
  onTestFinished(() => emulator.reset());
  const proxy = createSigilProxy(config);
  return { emulator, proxy, config, client, paired, errors, calls, aborted: () => aborted };
}

/** The same answer, but tells when its reader has left before its end. */
function watched(response: Response, left: () => void): Response {
  const reader = response.body?.getReader();
  if (reader === undefined) return response;
  const body = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const { done, value } = await reader.read();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => {
      left();
      return reader.cancel(reason);
    },
  });
  return new Response(body, response);
}
