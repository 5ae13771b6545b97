import { solanaAddress, solanaSignature } from "../fixtures.js";
import type { Answer } from "./Answer.js";

const completed = JSON.stringify({
  id: "tx-benchmark",
  status: "COMPLETED",
  signedMessages: [{ signature: { fullSig: Buffer.from(solanaSignature).toString("hex") } }],
});

/** A signature is asked for and then fetched, which is done at the first try. */
const routes: Readonly<Record<string, string>> = {
  "GET /v1/vault/accounts/0/SOL/addresses_paginated": JSON.stringify({
    addresses: [{ address: solanaAddress, assetId: "SOL" }],
  }),
  "POST /v1/transactions": JSON.stringify({ id: "tx-benchmark", status: "SUBMITTED" }),
  "GET /v1/transactions/tx-benchmark": completed,
};

export const fireblocks: Answer = ({ method, path }) => routes[`${method} ${path}`];
