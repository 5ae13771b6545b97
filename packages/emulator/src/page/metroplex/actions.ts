import { checked } from "../../control/ControlError.js";
import { findSp, missing } from "../../control/find.js";
import type { Emulator } from "../../emulator.js";
import { chains, isChain } from "../../link/chains.js";
import type { RateLimit } from "../../octane/policy.js";
import type { SpChange } from "../../octane/spChange.js";
import type { Action, Outcome } from "../Action.js";
import type { FormFields } from "../form.js";

const spOf = (emulator: Emulator, form: FormFields) => findSp(emulator, form.need("sp"));

const runs: Readonly<Record<string, (emulator: Emulator, form: FormFields) => Outcome>> = {
  "sp-add": (emulator, form) => {
    const name = form.need("name");
    const { apiKey, privateKeySeed, octanePublicKey } = checked(() => emulator.sps.add({ name }));
    const secrets = {
      SIGIL_API_KEY: apiKey,
      SIGIL_SP_SEED: privateKeySeed,
      "octane's public key": octanePublicKey,
    };
    return { notice: "sp_added", secrets };
  },
  "sp-update": (emulator, form) => {
    const { id } = spOf(emulator, form);
    checked(() => emulator.sps.update(id, changeOf(form)));
    return { notice: "sp_updated" };
  },
  "sp-remove": (emulator, form) => {
    emulator.sps.remove(spOf(emulator, form).id);
    return { notice: "sp_removed" };
  },
  "api-key-add": (emulator, form) => {
    const { apiKey } = emulator.sps.addApiKey(spOf(emulator, form).id);
    return { notice: "api_key_added", secrets: { SIGIL_API_KEY: apiKey } };
  },
  "api-key-remove": (emulator, form) => {
    const { id, api_keys } = spOf(emulator, form);
    const key = form.need("key");
    if (!api_keys.some((each) => each.id === key)) missing("API key", key);
    emulator.sps.removeApiKey(id, key);
    return { notice: "api_key_removed" };
  },
  "signing-key-add": (emulator, form) => {
    const { id } = spOf(emulator, form);
    checked(() => emulator.sps.addSigningKey(id, form.need("publicKey")));
    return { notice: "signing_key_added" };
  },
  "signing-key-remove": (emulator, form) => {
    const { id, signing_keys } = spOf(emulator, form);
    const key = form.need("key");
    if (!signing_keys.some((each) => each.public_key === key)) missing("signing key", key);
    emulator.sps.removeSigningKey(id, key);
    return { notice: "signing_key_removed" };
  },
};

/** What the forms of this part do, by their names. */
export const metroplexActions: Readonly<Record<string, Action>> = Object.fromEntries(
  Object.entries(runs).map(([name, run]) => [name, { part: "Metroplex", run }]),
);

function changeOf(form: FormFields): SpChange {
  const supported = form.all("chain").filter(isChain);
  return {
    name: form.need("name"),
    logo: form.maybe("logo") ?? null,
    homepage: form.maybe("homepage") ?? null,
    allowedReturnOrigins: (form.maybe("origins") ?? "").split(/\s+/).filter((origin) => origin !== ""),
    supportedChains: supported.length === chains.length ? null : supported,
    rateLimit: rateOf(form.maybe("requests"), form.maybe("perMs")),
  };
}

/** Both left empty: none of its own. What is no number the method refuses in its own words. */
function rateOf(requests: string | undefined, perMs: string | undefined): RateLimit | null {
  if (requests === undefined && perMs === undefined) return null;
  return { requests: Number(requests ?? Number.NaN), perMs: Number(perMs ?? Number.NaN) };
}
