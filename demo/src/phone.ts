import { setTimeout } from "node:timers/promises";
import { b64uToBytes, bytesToHex } from "@sigil/astrotrain";
import type { Appliance } from "@sigil/emulator";
import { type Show, short } from "./show.js";

/** What the user does on the phone; the demo does it instead. */
export type Phone = {
  readonly pair: (link: string, code: string) => Promise<void>;
  /** Makes the call, and approves the one signature that it asks the user for. */
  readonly approving: <T>(what: string, call: () => Promise<T>) => Promise<T>;
};

export function createPhone(appliance: Appliance, show: Show): Phone {
  return {
    pair: async (link, code) => {
      const card = await appliance.open(link);
      const asked = card.requested_scopes.map(({ chain, access }) => `${access} on ${chain}`).join(", ");
      show.phone(`opens the link; ${card.sp.name} asks to ${asked}`);
      await card.approve({ code });
      show.phone(`types ${code} and approves`);
    },
    approving: async (what, call) => {
      const calling = call();
      let over = false;
      const finish = (): void => {
        over = true;
      };
      calling.then(finish, finish);
      while (!over) {
        const [request] = await appliance.requests();
        if (request !== undefined) {
          const digest = short(bytesToHex(b64uToBytes(request.payload)));
          show.phone(`approves ${what} (${short(request.address)} signs ${digest})`);
          await request.approve();
          break;
        }
        await setTimeout(5);
      }
      return calling;
    },
  };
}
