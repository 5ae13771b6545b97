import type { GrantedScope } from "../../appliance/scopes.js";
import { badRequest, checked } from "../../control/ControlError.js";
import { findAppliance, findCard, findRequest } from "../../control/find.js";
import type { Emulator } from "../../emulator.js";
import type { Action, Outcome } from "../Action.js";
import type { FormFields } from "../form.js";

const applianceOf = (emulator: Emulator, form: FormFields) => findAppliance(emulator, form.need("appliance"));
const cardOf = (emulator: Emulator, form: FormFields) =>
  findCard(applianceOf(emulator, form), form.need("session"));
const requestOf = (emulator: Emulator, form: FormFields) =>
  findRequest(applianceOf(emulator, form), form.need("request"));

const runs: Readonly<Record<string, (emulator: Emulator, form: FormFields) => Outcome | Promise<Outcome>>> = {
  scan: async (emulator, form) => {
    // Whoever is at the page can type the code: approved without one the pairing would be of no use.
    await applianceOf(emulator, form).open(form.need("link"), { ...codeOf(form), waitForCode: true });
    return { notice: "scanned" };
  },
  "card-approve": async (emulator, form) => {
    const card = cardOf(emulator, form);
    const scopes = form.all("scope").map(scopeOf);
    const typed = form.maybe("without_code") === undefined ? codeOf(form) : {};
    const coded = card.has_code || typed.code !== undefined;
    if (!coded && form.maybe("without_code") === undefined) {
      badRequest("The link had no code: type the one that the service provider shows.");
    }
    await card.approve({ ...typed, scopes });
    return { notice: coded ? "card_approved" : "card_approved_without_code" };
  },
  "card-reject": async (emulator, form) => {
    await cardOf(emulator, form).reject(form.maybe("reason"));
    return { notice: "card_rejected" };
  },
  "card-expire": (emulator, form) => {
    const left = Date.parse(cardOf(emulator, form).expires_at) - emulator.clock.now();
    emulator.clock.advance(Math.max(0, left));
    return { notice: "expired" };
  },
  "request-approve": async (emulator, form) => {
    await (await requestOf(emulator, form)).approve();
    return { notice: "request_approved" };
  },
  "request-reject": async (emulator, form) => {
    await (await requestOf(emulator, form)).reject(form.maybe("reason"));
    return { notice: "request_rejected" };
  },
  "request-expire": async (emulator, form) => {
    const { waiting_since_ms } = await requestOf(emulator, form);
    const left = waiting_since_ms + emulator.policy.get().userTimeoutMs - emulator.clock.now();
    emulator.clock.advance(Math.max(0, left));
    return { notice: "timed_out" };
  },
  "pair-revoke": async (emulator, form) => {
    await applianceOf(emulator, form).revoke(form.need("pair"));
    return { notice: "pair_revoked" };
  },
  online: (emulator, form) => {
    applianceOf(emulator, form).setOnline(true);
    return { notice: "online" };
  },
  offline: (emulator, form) => {
    applianceOf(emulator, form).setOnline(false);
    return { notice: "offline" };
  },
  "appliance-add": (emulator, form) => {
    const name = form.maybe("name");
    checked(() => emulator.addAppliance(name === undefined ? {} : { name }));
    return { notice: "appliance_added" };
  },
  advance: (emulator, form) => {
    const ms = Number(form.need("ms"));
    checked(() => emulator.clock.advance(ms));
    return { notice: "advanced" };
  },
  reset: (emulator) => {
    emulator.reset();
    return { notice: "reset" };
  },
};

/** What the forms of this part do, by their names. */
export const sunstormActions: Readonly<Record<string, Action>> = Object.fromEntries(
  Object.entries(runs).map(([name, run]) => [name, { part: "Sunstorm", run }]),
);

function codeOf(form: FormFields): { code?: string } {
  const code = form.maybe("code");
  return code === undefined ? {} : { code };
}

/** What a checkbox of the card says: chain, access, index. The card itself refuses what was not asked for. */
function scopeOf(value: string): GrantedScope {
  const [chain, access, index] = value.split(" ");
  if (chain === undefined || access === undefined || !/^\d{1,4}$/.test(index ?? ""))
    badRequest("scope is none.");
  return { chain, access, wallet_index: Number(index) } as GrantedScope;
}
