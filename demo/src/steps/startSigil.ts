import type { PairingOptions } from "@sigil/astrotrain";
import { createEmulator, type EmulatorSp } from "@sigil/emulator";
import { listen } from "@sigil/emulator/node";
import { english, generateMnemonic } from "viem/accounts";
import { createPhone, type Phone } from "../phone.js";
import type { OnEnd } from "../program.js";
import type { Show } from "../show.js";

/** Where octane is, who we are to it, and the phone of the user. */
export type Sigil = {
  readonly access: Pick<PairingOptions, "octaneUrl" | "apiKey">;
  readonly sp: EmulatorSp;
  readonly phone: Phone;
};

export const startSigil = (show: Show, onEnd: OnEnd): Promise<Sigil> =>
  show.step("Octane and an appliance, emulated", async ({ fact }) => {
    // New words each time: wallets that nobody has funded, and whose keys no other program knows.
    const emulator = createEmulator({ approval: "manual", mnemonic: generateMnemonic(english) });
    const { url, close } = await listen(emulator, { port: 0 });
    onEnd(close);
    fact(url);
    const { sp } = emulator;
    return {
      access: { octaneUrl: url, apiKey: sp.apiKey },
      sp,
      phone: createPhone(emulator.appliance, show),
    };
  });
