import { Ajv2020 } from "ajv/dist/2020.js";
import { beforeEach, describe, expect, test } from "vitest";
import { client, digest, firstEvm, until } from "../../test/client.js";
import { controlOf } from "../../test/control.js";
import { createEmulator } from "../index.js";
import { operations } from "./operations/index.js";

/** As much of a JSON Schema as is looked at here. */
type Schema = {
  readonly type?: string;
  readonly examples?: readonly unknown[];
  readonly enum?: readonly unknown[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
};
type Content = { readonly content?: { readonly "application/json": { readonly schema: Schema } } };
type Operation = {
  readonly operationId: string;
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content>>;
};
type OpenApi = {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
};

const ajv = new Ajv2020({ strict: false });

/** What an operation needs to be there, as the values of its path. */
async function stage(names: readonly string[]): Promise<Record<string, string>> {
  const sp = client(emulator);
  const { body } = await sp.session();
  const { appliance } = emulator;
  const values: Record<string, string> = { appliance_id: appliance.id, sp_id: emulator.sp.id };
  if (names.includes("session_id")) {
    await appliance.open(body.pair_uri, { code: "123456" });
    values.session_id = body.session_id;
  }
  if (names.includes("pair_id") || names.includes("request_id")) values.pair_id = await sp.pair();
  if (names.includes("request_id")) {
    sp.sign(firstEvm, digest).catch(() => {});
    values.request_id = (await until(async () => (await appliance.requests())[0])).request_id;
  }
  const [mine] = emulator.sps.list();
  values.key_id = mine!.api_keys[0]!.id;
  values.public_key = mine!.signing_keys[0]!.public_key;
  return values;
}

/** The body that the document shows for it. */
function exampleOf(schema: Schema): unknown {
  if (schema.examples !== undefined) return schema.examples[0];
  if (schema.type !== "object") return schema.enum?.[0];
  const required = schema.required ?? [];
  return Object.fromEntries(required.map((name) => [name, exampleOf(schema.properties?.[name] ?? {})]));
}

const schemaOf = ({ content }: Content = {}): Schema | undefined => content?.["application/json"].schema;

// One for all: to make another takes longer than to reset this one.
const emulator = createEmulator({ approval: "manual" });
const { ask } = controlOf(emulator);
beforeEach(() => emulator.reset());

const document: OpenApi = (await ask("GET", "/openapi.json")).body;

const described = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    id: operation.operationId,
    path,
    method,
    operation,
  })),
);

describe("the OpenAPI document", () => {
  test("default", () => {
    expect(document.openapi).toBe("3.1.0");
    expect(described.map(({ id }) => id).sort()).toEqual(operations.map(({ id }) => id).sort());
    expect(new Set(described.map(({ id }) => id)).size).toBe(operations.length);
  });

  // The stream of events has a test of its own.
  const answering = described.filter(({ path }) => path !== "/_emulator/events");

  test("behavior: all but the stream of events answer and end", () => {
    expect(answering).toHaveLength(described.length - 1);
  });

  test.each(answering)("behavior: $id does what it says", async ({ path, method, operation }) => {
    const names = (operation.parameters ?? []).filter((each) => each.in === "path").map(({ name }) => name);
    const values = await stage(names);
    if (names.includes("fault_id")) {
      const added = await ask("POST", "/faults", { route: "sign", fault: { kind: "reset" } });
      values.fault_id = added.body.id;
    }
    const url = path.replace("/_emulator", "").replace(/\{(\w+)\}/g, (_, name) => values[name]!);
    const schema = schemaOf(operation.requestBody);
    const body = schema === undefined ? undefined : exampleOf(schema);
    if (url.endsWith("/scan"))
      (body as { link: string }).link = (await client(emulator).session()).body.pair_uri;
    const [status] = Object.keys(operation.responses);
    const answer = await ask(method.toUpperCase(), url, body);
    expect([answer.status, answer.body]).toEqual([Number(status), expect.anything()]);
    expect(answer.headers.get("x-sigil-emulator")).not.toBeNull();
    const promised = schemaOf(operation.responses[status!]);
    if (promised !== undefined) {
      ajv.validate(promised, answer.body);
      expect(ajv.errors ?? []).toEqual([]);
    }
    const unknown = url.replaceAll(/(?<=\/)[\w-]{30,}/g, "unknown");
    if (unknown === url) return;
    const missed = await ask(method.toUpperCase(), unknown, body);
    expect([missed.status, missed.body.error.message]).toEqual([404, expect.stringMatching(/[Nn]o|no such/)]);
  });
});
