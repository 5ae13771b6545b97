import { plain } from "../output/plain.js";
import type { Approver } from "./Approver.js";
import { pause } from "./pause.js";

/** How a person is asked. */
export type LinkApproverOptions = {
  /** Shows lines to the person. Where the report goes to stdout, this is better stderr. */
  readonly print: (text: string) => void;
  /** How long a request that is to be left alone gets to reach the appliance, in milliseconds. Default 5,000. */
  readonly arrivalMs?: number;
};

/**
 * Asks a person with a phone: prints links and what to do about each request. Nothing can be told of what the person
 * did but by octane's answers.
 *
 * @example
 * ```ts
 * const approver = linkApprover({ print: (text) => console.error(text) });
 * ```
 */
export function linkApprover({ print, arrivalMs = 5_000 }: LinkApproverOptions): Approver {
  return {
    pair: async ({ link, code, decision, asks }) => {
      print(`\nOpen this link on the appliance and ${decision} it (${plain(asks)}):\n  ${plain(link)}`);
      if (decision === "reject") return;
      print(code === undefined ? "  Give no code, if the app lets you." : `  The code is ${code}.`);
    },
    sign: async ({ address, payload, decision }) => {
      const todo = decision === "leave" ? "leave it unanswered" : `${decision} it`;
      print(`\nA signature is asked for, by ${plain(address)} over ${plain(payload) || "nothing"}: ${todo}.`);
    },
    arrived: () => pause(arrivalMs),
    revoke: async (pairId) => {
      print(`\nRevoke the pairing ${plain(pairId)} on the appliance.`);
    },
  };
}
