import { AstrotrainClient, type PairingOptions } from "@sigil/astrotrain";
import { createEmulator } from "@sigil/emulator";
import { listen } from "@sigil/emulator/node";
import { english, generateMnemonic } from "viem/accounts";
import { createPhone, type Phone } from "../phone.js";
import type { OnEnd } from "../program.js";
import type { Show } from "../show.js";

/** Where octane is, the client that has it sign, and the phone of the user. */
export type Sigil = {
  readonly access: Pick<PairingOptions, "octaneUrl" | "apiKey">;
  readonly client: AstrotrainClient;
  readonly phone: Phone;
};

export const startSigil = (show: Show, onEnd: OnEnd): Promise<Sigil> =>
  show.step("Octane and an appliance, emulated", async ({ fact }) => {
    // New words each time: wallets that nobody has funded, and whose keys no other program knows.
    const emulator = createEmulator({ approval: "manual", mnemonic: generateMnemonic(english) });
    const { url, close } = await listen(emulator, { port: 0 });
    onEnd(close);
    fact(url);
    const { apiKey, privateKeySeed, octanePublicKey } = emulator.sp;
    const access = { octaneUrl: url, apiKey };
    return {
      access,
      client: new AstrotrainClient({ ...access, privateKeySeed, octanePublicKey }),
      phone: createPhone(emulator.appliance, show),
    };
  });
