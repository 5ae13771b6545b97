import { createSigilProxy, type Paired } from "@sigil/server";
import { AstrotrainClient, toSigilAccounts } from "@sigil/viem";
import { verifyMessage } from "viem";

const env = (name: string): string => {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: start with "sigil dev --exec", or set it.`);
  return value;
};
const octane = { octaneUrl: env("SIGIL_OCTANE_URL"), apiKey: env("SIGIL_API_KEY") };
const client = new AstrotrainClient({ ...octane, privateKeySeed: env("SIGIL_SP_SEED") });

/** Where our pages are: cookies go along with a request from any page, so what has something done asks where it is from. */
export const origin = `http://localhost:${process.env.PORT ?? 3000}`;

/** Your database. Next.js may load this file more than once in a process, so a variable of the file would not do. */
const shared = globalThis as { pairs?: Map<string, Paired> };
shared.pairs ??= new Map();
const { pairs } = shared;

/** Your login. Here whoever has been given a cookie is a user. */
const userOf = (cookie: string | null | undefined): string | undefined =>
  cookie?.match(/(?:^|; )user=([\w-]+)/)?.[1];

export const proxy = createSigilProxy({
  ...octane,
  authorize: (request) => {
    const userId = userOf(request.headers.get("cookie"));
    return userId === undefined ? null : { userId };
  },
  onPaired: (paired) => void pairs.set(paired.userId, paired),
  allowedOrigins: [origin],
  requestedScopes: [{ chain: "ethereum", access: "sign" }],
  onError: console.error,
});

/** The user's wallet, by your record of them; `undefined` for who has not paired. */
function accountOf(userId: string | undefined) {
  const paired = pairs.get(userId ?? "");
  if (paired === undefined) return undefined;
  const { entries, pairId } = paired;
  return toSigilAccounts({ client, entries, pairId })[0];
}

export const addressOf = (userId: string | undefined): string | undefined => accountOf(userId)?.address;

/** Has the appliance sign as this user: what and with which wallet is decided here, never by the page. */
export async function signHello(userId: string | undefined): Promise<string> {
  const account = accountOf(userId);
  if (account === undefined) return "Pair first.";
  const message = "hello";
  const signature = await account.signMessage({ message });
  const isValid = await verifyMessage({ address: account.address, message, signature });
  return `${account.address} signed, verified: ${isValid}`;
}
