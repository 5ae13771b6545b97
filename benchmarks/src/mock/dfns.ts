import { evmAccount, evmParts } from "../fixtures.js";
import type { Answer } from "./Answer.js";

const wallet = JSON.stringify({
  id: "wa-benchmark",
  status: "Active",
  network: "Ethereum",
  address: evmAccount.address,
  signingKey: { scheme: "ECDSA", curve: "secp256k1", publicKey: evmAccount.publicKey.slice(2) },
});
const signature = JSON.stringify({
  id: "sig-benchmark",
  walletId: "wa-benchmark",
  status: "Signed",
  signature: { r: `0x${evmParts.r}`, s: `0x${evmParts.s}`, recid: evmParts.yParity },
});
const challenge = JSON.stringify({
  challenge: "MTA1YjE1NWQtYmVuY2htYXJrLWNoYWxsZW5nZQ",
  challengeIdentifier: "eyJiZW5jaG1hcmsiOnRydWV9",
  allowCredentials: { key: [{ type: "public-key", id: "cred-benchmark" }], webauthn: [] },
});

/** A signature takes a challenge, its answer, and the request itself. */
const routes: Readonly<Record<string, string>> = {
  "GET /wallets/wa-benchmark": wallet,
  "POST /auth/action/init": challenge,
  "POST /auth/action": JSON.stringify({ userAction: "eyJiZW5jaG1hcmsiOnRydWV9" }),
  "POST /wallets/wa-benchmark/signatures": signature,
};

export const dfns: Answer = ({ method, path }) => routes[`${method} ${path}`];
