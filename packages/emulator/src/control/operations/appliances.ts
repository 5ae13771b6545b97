import { chains } from "../../link/chains.js";
import { checked } from "../ControlError.js";
import { findAppliance, findCard, findRequest } from "../find.js";
import { type Operation, operation } from "../Operation.js";
import * as schemas from "../schemas.js";
import { list, object, oneOf, optional, text, whole } from "../shapes.js";
import { applianceView, cardView } from "../views.js";

const one = "/appliances/{appliance_id}";
const reason = optional(text("Goes to the service provider.", "not today"));
const code = (description: string) => optional(text(description, "123456"));

const scope = object({
  chain: oneOf(chains, "The chain."),
  access: oneOf(["sign", "read"], "What for."),
  wallet_index: optional(whole(0, 1_000, "Default: every wallet of the chain.")),
});

/** What the owners of appliances do. */
export const appliances: readonly Operation[] = [
  operation({
    id: "listAppliances",
    tag: "Appliances",
    method: "GET",
    path: "/appliances",
    summary: "Every appliance: its wallets, and what waits for its owner.",
    status: 200,
    answer: schemas.record({ appliances: schemas.listOf(schemas.appliance) }),
    run: async ({ emulator }) => ({
      appliances: await Promise.all(emulator.appliances().map(applianceView)),
    }),
  }),
  operation({
    id: "addAppliance",
    tag: "Appliances",
    method: "POST",
    path: "/appliances",
    summary: "Makes another appliance, with other wallets.",
    body: object({
      name: optional(text("What its owner calls it.", "Second phone")),
      approval: optional(oneOf(["manual", "auto"], "Who decides. Default: as for the first one.")),
      walletsPerChain: optional(whole(1, 100, "Default: as for the first one.")),
    }),
    status: 201,
    answer: schemas.appliance,
    run: ({ emulator, body }) => applianceView(checked(() => emulator.addAppliance(body))),
  }),
  operation({
    id: "getAppliance",
    tag: "Appliances",
    method: "GET",
    path: one,
    summary: "One appliance. In the place of an id, `first` will do.",
    status: 200,
    answer: schemas.appliance,
    run: ({ emulator, param }) => applianceView(findAppliance(emulator, param("appliance_id"))),
  }),
  ...(["online", "offline"] as const).map((state) =>
    operation({
      id: state === "online" ? "putOnline" : "takeOffline",
      tag: "Appliances",
      method: "POST",
      path: `${one}/${state}`,
      summary:
        state === "online"
          ? "Back on the network."
          : "Off the network: octane answers 503 `appliance_offline`.",
      status: 200,
      answer: schemas.appliance,
      run: ({ emulator, param }) => {
        const appliance = findAppliance(emulator, param("appliance_id"));
        appliance.setOnline(state === "online");
        return applianceView(appliance);
      },
    }),
  ),
  operation({
    id: "scan",
    tag: "Appliances",
    method: "POST",
    path: `${one}/scan`,
    summary: "Scans a pairing link, or takes a bare session id, and shows the card.",
    body: object({
      link: text("The link in either form, or the session id.", "https://sigilvault.xyz/pair?session=ID"),
      code: code("Six digits, where the link carries none."),
    }),
    status: 201,
    answer: schemas.card,
    run: async ({ emulator, param, body }) => {
      const { link, ...options } = body;
      return cardView(await findAppliance(emulator, param("appliance_id")).open(link, options));
    },
  }),
  operation({
    id: "approveCard",
    tag: "Appliances",
    method: "POST",
    path: `${one}/cards/{session_id}/approve`,
    summary: "Pairs.",
    body: object({
      code: code("Six digits. Default: those of the link."),
      scopes: optional(list(scope, "Default: all that is asked for. An empty list grants nothing.")),
    }),
    status: 200,
    answer: schemas.record({ pair_id: schemas.string, bindings: schemas.listOf(schemas.binding) }),
    run: ({ emulator, param, body }) =>
      findCard(findAppliance(emulator, param("appliance_id")), param("session_id")).approve(body),
  }),
  operation({
    id: "rejectCard",
    tag: "Appliances",
    method: "POST",
    path: `${one}/cards/{session_id}/reject`,
    summary: "Refuses to pair.",
    body: object({ reason }),
    status: 204,
    run: ({ emulator, param, body }) =>
      findCard(findAppliance(emulator, param("appliance_id")), param("session_id")).reject(body.reason),
  }),
  operation({
    id: "approveRequest",
    tag: "Appliances",
    method: "POST",
    path: `${one}/requests/{request_id}/approve`,
    summary: "Signs.",
    status: 204,
    run: async ({ emulator, param }) =>
      (await findRequest(findAppliance(emulator, param("appliance_id")), param("request_id"))).approve(),
  }),
  operation({
    id: "rejectRequest",
    tag: "Appliances",
    method: "POST",
    path: `${one}/requests/{request_id}/reject`,
    summary: "Refuses to sign.",
    body: object({ reason }),
    status: 204,
    run: async ({ emulator, param, body }) =>
      (await findRequest(findAppliance(emulator, param("appliance_id")), param("request_id"))).reject(
        body.reason,
      ),
  }),
  operation({
    id: "revokePair",
    tag: "Appliances",
    method: "DELETE",
    path: `${one}/pairs/{pair_id}`,
    summary: "Ends a pairing from the owner's side; again is no error.",
    status: 204,
    run: ({ emulator, param }) => findAppliance(emulator, param("appliance_id")).revoke(param("pair_id")),
  }),
];
