import { evmParts, solanaSignature, unsignedTransfer } from "../fixtures.js";
import type { Answer } from "./Answer.js";

// Activities that are completed at once, so that nobody polls.

const activity = (type: string, result: object): string =>
  JSON.stringify({
    activity: {
      id: "01946b1e-6f3a-7c4e-9d2f-1c2b3a4d5e6f",
      organizationId: "b1f6a5f0-0000-4000-8000-000000000000",
      status: "ACTIVITY_STATUS_COMPLETED",
      type,
      result,
    },
  });

const rawPayload = (r: string, s: string, v: string): string =>
  activity("ACTIVITY_TYPE_SIGN_RAW_PAYLOAD_V2", { signRawPayloadResult: { r, s, v } });

const evm = rawPayload(evmParts.r, evmParts.s, `0${evmParts.yParity}`);
const [r = "", s = ""] = Buffer.from(solanaSignature).toString("hex").match(/.{64}/g) ?? [];
const solana = rawPayload(r, s, "00");

const signed = unsignedTransfer();
signed.signatures = [solanaSignature];
const transaction = activity("ACTIVITY_TYPE_SIGN_TRANSACTION_V2", {
  signTransactionResult: { signedTransaction: Buffer.from(signed.serialize()).toString("hex") },
});

export const turnkeyEvm: Answer = ({ path }) =>
  path === "/public/v1/submit/sign_raw_payload" ? evm : undefined;

export const turnkeySolana: Answer = ({ path }) => {
  if (path === "/public/v1/submit/sign_raw_payload") return solana;
  return path === "/public/v1/submit/sign_transaction" ? transaction : undefined;
};
