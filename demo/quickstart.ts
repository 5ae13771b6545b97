import { createEmulator } from "@sigil/emulator";
import { AstrotrainClient, pairing, toSigilAccounts } from "@sigil/viem";
import { verifyMessage } from "viem";

const { appliance, fetch, sp } = createEmulator(); // octane and an appliance, in this process
const octane = { octaneUrl: "https://octane.test", apiKey: sp.apiKey, fetch }; // its fetch answers, not the network

const code = pairing.mintValidationCode();
const requestedScopes = [{ chain: "ethereum", access: "sign" }] as const;
const session = await pairing.createPairSession({ ...octane, spUserRef: "user-42", requestedScopes });
await appliance.open(session.pair_uri, { code }); // the owner scans the link, types the code and approves
const { pair_id: pairId } = await pairing.awaitPairResult({ ...octane, sessionId: session.session_id });
await pairing.validateSpKey({ ...octane, pairId, code });

const { entries } = await pairing.getEnabledWallets({ ...octane, pairId });
const client = new AstrotrainClient({ ...octane, privateKeySeed: sp.privateKeySeed });
const [account] = toSigilAccounts({ client, entries, pairId });
if (account === undefined) throw new Error("The owner granted no wallet.");
const signature = await account.signMessage({ message: "hello" });
console.log(await verifyMessage({ address: account.address, message: "hello", signature })); // true
