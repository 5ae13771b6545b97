import { beforeEach, describe, expect, test } from "vitest";
import { client, digest, firstEvm, until } from "../../test/client.js";
import { controlOf } from "../../test/control.js";
import { createEmulator } from "../index.js";
import { operations } from "./operations/index.js";

// biome-ignore lint/suspicious/noExplicitAny: a document of any shape.
type Any = any;

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
function exampleOf(schema: Any): unknown {
  if (schema.examples !== undefined) return schema.examples[0];
  if (schema.type !== "object") return schema.enum?.[0];
  const required: string[] = schema.required ?? [];
  return Object.fromEntries(required.map((name) => [name, exampleOf(schema.properties[name])]));
}

/** What is wrong with a value by its schema, as far as the document uses schemas. */
function faultsOf(schema: Any, value: Any, path = "answer"): string[] {
  const kind = value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
  const faults = [];
  if (schema.type !== undefined && ![schema.type].flat().includes(kind)) faults.push(`${path} is ${kind}`);
  if (schema.enum !== undefined && !schema.enum.includes(value)) faults.push(`${path} is ${value}`);
  if (kind === "array") {
    faults.push(
      ...value.flatMap((each: Any, at: number) => faultsOf(schema.items ?? {}, each, `${path}[${at}]`)),
    );
  }
  if (kind !== "object") return faults;
  for (const name of schema.required ?? [])
    if (!Object.hasOwn(value, name)) faults.push(`${path}.${name} is missing`);
  for (const [name, each] of Object.entries(schema.properties ?? {})) {
    if (Object.hasOwn(value, name)) faults.push(...faultsOf(each, value[name], `${path}.${name}`));
  }
  return faults;
}

// One for all: to make another takes longer than to reset this one.
const emulator = createEmulator({ approval: "manual" });
const { ask } = controlOf(emulator);
beforeEach(() => emulator.reset());

const document: Any = (await ask("GET", "/openapi.json")).body;

const described = Object.entries<Any>(document.paths).flatMap(([path, methods]) =>
  Object.entries<Any>(methods).map(([method, operation]) => ({
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

  test.each(described)("behavior: $id does what it says", async ({ path, method, operation }) => {
    const names = (operation.parameters ?? [])
      .filter((each: Any) => each.in === "path")
      .map((each: Any) => each.name);
    const values = await stage(names);
    if (names.includes("fault_id")) {
      const added = await ask("POST", "/faults", { route: "sign", fault: { kind: "reset" } });
      values.fault_id = added.body.id;
    }
    const url = path.replace("/_emulator", "").replace(/\{(\w+)\}/g, (_, name) => values[name]!);
    const schema = operation.requestBody?.content["application/json"].schema;
    const body = schema === undefined ? undefined : exampleOf(schema);
    if (url.endsWith("/scan")) (body as Any).link = (await client(emulator).session()).body.pair_uri;
    if (url === "/events") return;
    const [status] = Object.keys(operation.responses);
    const answer = await ask(method.toUpperCase(), url, body);
    expect([answer.status, answer.body]).toEqual([Number(status), expect.anything()]);
    expect(answer.headers.get("x-sigil-emulator")).not.toBeNull();
    const content = operation.responses[status!].content?.["application/json"].schema;
    if (content !== undefined) expect(faultsOf(content, answer.body)).toEqual([]);
    const unknown = url.replaceAll(/(?<=\/)[\w-]{30,}/g, "unknown");
    if (unknown === url) return;
    const missed = await ask(method.toUpperCase(), unknown, body);
    expect([missed.status, missed.body.error.message]).toEqual([404, expect.stringMatching(/[Nn]o|no such/)]);
  });
});
