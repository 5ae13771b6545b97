import { chains } from "../../link/chains.js";
import type { SpChange } from "../../octane/spChange.js";
import type { SpOptions } from "../../options.js";
import { checked } from "../ControlError.js";
import { findSp, missing } from "../find.js";
import { type Operation, operation } from "../Operation.js";
import * as schemas from "../schemas.js";
import { handedOn, object, optional, type Schema, text } from "../shapes.js";

const one = "/service-providers/{sp_id}";
const nullable = (type: string, more: Schema): Schema => ({ type: [type, "null"], ...more });

// What these hold is checked by the method that takes them.
const fields = {
  name: optional(text("The name that appliances show.", "Prime")),
  logo: optional(handedOn<SpChange["logo"]>(nullable("string", { description: "An https address." }))),
  homepage: optional(
    handedOn<SpChange["homepage"]>(nullable("string", { description: "An https address." })),
  ),
  allowedReturnOrigins: optional(
    handedOn<SpChange["allowedReturnOrigins"]>({
      ...schemas.strings,
      description: "Https origins the phone may be sent to.",
    }),
  ),
  supportedChains: optional(
    handedOn<SpChange["supportedChains"]>(
      nullable("array", { items: { type: "string", enum: chains }, description: "Default: the policy's." }),
    ),
  ),
  rateLimit: optional(
    handedOn<SpChange["rateLimit"]>(
      nullable("object", {
        ...schemas.record({ requests: schemas.number, perMs: schemas.number }),
        type: ["object", "null"],
        description: "Default: the policy's.",
      }),
    ),
  ),
};

const keyBody = object({
  publicKey: text("Ed25519, base64url of 32 bytes.", "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"),
});

/** What the administrator of octane does, in Metroplex. */
export const serviceProviders: readonly Operation[] = [
  operation({
    id: "listServiceProviders",
    tag: "Service providers",
    method: "GET",
    path: "/service-providers",
    summary: "Every service provider, without its secrets.",
    status: 200,
    answer: schemas.record({ service_providers: schemas.listOf(schemas.serviceProvider) }),
    run: ({ emulator }) => ({ service_providers: emulator.sps.list() }),
  }),
  operation({
    id: "addServiceProvider",
    tag: "Service providers",
    method: "POST",
    path: "/service-providers",
    summary: "Makes another one. Its API key and the seed of its signing key are in this answer alone.",
    body: object(fields),
    status: 201,
    answer: schemas.record(
      Object.fromEntries(
        ["id", "apiKey", "privateKeySeed", "publicKey", "octanePublicKey"].map((name) => [
          name,
          schemas.string,
        ]),
      ),
    ),
    run: ({ emulator, body }) => checked(() => emulator.sps.add(withoutNull(body))),
  }),
  operation({
    id: "updateServiceProvider",
    tag: "Service providers",
    method: "PATCH",
    path: one,
    summary: "Changes what is named; `null` takes back what is optional.",
    body: object(fields),
    status: 200,
    answer: schemas.serviceProvider,
    run: ({ emulator, param, body }) => {
      const { id } = findSp(emulator, param("sp_id"));
      checked(() => emulator.sps.update(id, body));
      return findSp(emulator, id);
    },
  }),
  operation({
    id: "removeServiceProvider",
    tag: "Service providers",
    method: "DELETE",
    path: one,
    summary: "Forgets it, and revokes its pairings.",
    status: 204,
    run: ({ emulator, param }) => emulator.sps.remove(findSp(emulator, param("sp_id")).id),
  }),
  operation({
    id: "addApiKey",
    tag: "Service providers",
    method: "POST",
    path: `${one}/api-keys`,
    summary: "Makes another API key. It is in this answer alone.",
    status: 201,
    answer: schemas.record({ apiKey: schemas.string }),
    run: ({ emulator, param }) => emulator.sps.addApiKey(findSp(emulator, param("sp_id")).id),
  }),
  operation({
    id: "removeApiKey",
    tag: "Service providers",
    method: "DELETE",
    path: `${one}/api-keys/{key_id}`,
    summary: "Takes an API key back.",
    status: 204,
    run: ({ emulator, param }) => {
      const { id, api_keys } = findSp(emulator, param("sp_id"));
      const key = api_keys.find((each) => each.id === param("key_id"));
      emulator.sps.removeApiKey(id, key?.id ?? missing("API key", param("key_id")));
    },
  }),
  operation({
    id: "addSigningKey",
    tag: "Service providers",
    method: "POST",
    path: `${one}/signing-keys`,
    summary: "Makes another public key known; any of them may sign.",
    body: keyBody,
    status: 200,
    answer: schemas.serviceProvider,
    run: ({ emulator, param, body }) => {
      const { id } = findSp(emulator, param("sp_id"));
      checked(() => emulator.sps.addSigningKey(id, body.publicKey));
      return findSp(emulator, id);
    },
  }),
  operation({
    id: "removeSigningKey",
    tag: "Service providers",
    method: "DELETE",
    path: `${one}/signing-keys/{public_key}`,
    summary: "Takes a public key back.",
    status: 204,
    run: ({ emulator, param }) => {
      const { id, signing_keys } = findSp(emulator, param("sp_id"));
      const key = signing_keys.find((each) => each.public_key === param("public_key"));
      emulator.sps.removeSigningKey(id, key?.public_key ?? missing("signing key", param("public_key")));
    },
  }),
];

/** Nothing is there yet to be taken back. */
function withoutNull(body: SpChange): SpOptions {
  return Object.fromEntries(
    Object.entries(body).filter(([, value]) => value !== null && value !== undefined),
  );
}
