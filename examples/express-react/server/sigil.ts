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

export const port = Number(process.env.PORT ?? 3000);
const origin = `http://localhost:${port}`;

/** Your database. */
const pairs = new Map<string, Paired>();

/** Your login. Here whoever has been given a cookie is a user. */
export const userOf = (cookie: string | null | undefined): string | undefined =>
  cookie?.match(/(?:^|; )user=([\w-]+)/)?.[1];

/** Whether one of our pages sent it: cookies go along with a request from any page. The proxy asks the same of its own. */
export const isOurs = (method: string, from: string | undefined): boolean =>
  method === "GET" || from === origin;

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
