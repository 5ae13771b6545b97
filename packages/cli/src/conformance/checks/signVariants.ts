import { answered, codeOf, refused } from "../Answer.js";
import { type Check, checksOf } from "../Check.js";
import { askSign, leaveSign, toSign } from "../signing.js";
import { all, untried } from "../Verdict.js";
import { byDevice, byOctane } from "./signatures.js";

/** Requests that are spelt another way, and what the user may do about them. */
export const signVariants: readonly Check[] = [
  ...checksOf("Three signatures for each request", [
    [
      "sign.address-case",
      "An EVM address is found whatever its case, and signed over in the case it came in.",
      async (octane) => {
        const parts = await toSign(octane, "secp256k1");
        const lower = parts.address.toLowerCase();
        const address = lower === parts.address ? `0x${lower.slice(2).toUpperCase()}` : lower;
        const answer = await askSign(octane, { ...parts, address });
        const signed = { parts: { ...parts, address }, answer };
        return all(answered(answer, 200), byDevice(signed), byOctane(octane, signed));
      },
    ],
    [
      "sign.empty-payload",
      "An Ed25519 payload may be empty.",
      async (octane) => {
        const parts = { ...(await toSign(octane, "ed25519")), payload: new Uint8Array() };
        const answer = await askSign(octane, parts);
        return all(answered(answer, 200), byDevice({ parts, answer }));
      },
    ],
  ]),
  ...checksOf("Routes", [
    [
      "sign.without-chain",
      "chain may be left out.",
      async (octane) => {
        const parts = await toSign(octane, "secp256k1");
        return answered(await askSign(octane, parts, { chain: undefined }), 200);
      },
    ],
    [
      "sign.without-pair-id",
      "pair_id may be left out where one active pairing holds the address.",
      async (octane) => {
        const answer = await askSign(octane, await toSign(octane, "ed25519"), { pair_id: undefined });
        if (codeOf(answer) !== "pair_id_required") return answered(answer, 200);
        return untried("another active pairing of this provider holds the same address");
      },
    ],
  ]),
  ...checksOf("Conventions", [
    [
      "sign.unknown-fields",
      "Fields that octane does not know are ignored.",
      async (octane) =>
        answered(
          await askSign(octane, await toSign(octane, "ed25519"), { conformance: { unknown: 1 } }),
          200,
        ),
    ],
  ]),
  ...checksOf("Refusals", [
    [
      "sign.rejected-403",
      "A request that the user declines is 403 user_rejected.",
      async (octane) => {
        const answer = await askSign(octane, await toSign(octane, "secp256k1"), {}, "reject");
        return answer.status === 200
          ? untried("the request was approved, not declined")
          : refused(answer, 403, "user_rejected");
      },
    ],
    [
      "sign.user-timeout-408",
      "A request that nobody decides about in time is 408 user_timeout.",
      async (octane) => {
        const { approver, userTimeoutMs } = octane.settings;
        if (userTimeoutMs === undefined) return untried("it takes minutes, but for an emulator's --control");
        const parts = await toSign(octane, "secp256k1");
        const { answer } = await leaveSign(octane, parts, userTimeoutMs + 10_000);
        await approver.elapse?.(userTimeoutMs);
        return refused(await answer, 408, "user_timeout");
      },
    ],
  ]),
];
