import { inspect } from "node:util";
import { expect, test } from "vitest";
import { apiKeySecret } from "./Secret.js";
import { withoutSecrets } from "./withoutSecrets.js";

const secret = "sk_test_canary_01";
const withoutSecret = (cause: unknown, key: string): unknown => withoutSecrets(cause, [apiKeySecret(key)]);

test("default: what doesn't hold it is handed on as it is", () => {
  const cause = new TypeError("fetch failed", {
    cause: Object.assign(new Error("reset"), { code: "ECONNRESET" }),
  });
  expect(withoutSecret(cause, secret)).toBe(cause);
  expect(withoutSecret("enough", secret)).toBe("enough");
  expect(withoutSecret(undefined, secret)).toBeUndefined();
});

test.each([
  [
    "a field of bytes",
    Object.assign(new Error("parse"), { code: "HPE_INVALID", data: Buffer.from(`x ${secret}`) }),
  ],
  ["a message", new Error(`Bearer ${secret} is wrong`)],
  ["a code", Object.assign(new Error("x"), { code: secret })],
  ["a symbol's value", Object.assign(new Error("x"), { [Symbol("request")]: { headers: [["a", secret]] } })],
  ["headers", Object.assign(new Error("x"), { headers: new Headers({ authorization: `Bearer ${secret}` }) })],
  ["a map", Object.assign(new Error("x"), { headers: new Map([["authorization", secret]]) })],
  ["one of several errors", new AggregateError([new Error(secret)], "all failed")],
])("behavior: %s that holds it is left out", (_, inner) => {
  const shown = withoutSecret(new TypeError("fetch failed", { cause: inner }), secret) as Error;
  expect(inspect(shown, { depth: null, showHidden: true })).not.toContain(secret);
  expect(shown).toMatchObject({ name: "TypeError", message: "fetch failed" });
  expect(shown.cause).toBeInstanceOf(Error);
});

test("behavior: keeps the code, by which callers tell failures apart", () => {
  const cause = Object.assign(new Error("parse"), { code: "HPE_INVALID", data: secret });
  expect(withoutSecret(cause, secret)).toMatchObject({ message: "parse", code: "HPE_INVALID" });
});

test("behavior: circles are no obstacle", () => {
  const circle = Object.assign(new Error("circle"), { self: undefined as unknown });
  circle.self = circle;
  expect(withoutSecret(circle, secret)).toBe(circle);
});

const revoked = (): object => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};
const detached = (): Uint8Array => {
  const bytes = new Uint8Array(8);
  structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
  return bytes;
};

test.each([
  [
    "a getter that throws",
    {
      get bad(): never {
        throw new Error();
      },
    },
  ],
  ["a revoked proxy", revoked()],
  ["detached bytes", detached()],
  ["more than is looked at", Array.from({ length: 600 }, () => ({}))],
])("behavior: %s cannot be looked through, so only names, messages and codes are handed on", (_, field) => {
  const cause = Object.assign(new Error("x"), { field, code: "E" });
  const shown = withoutSecret(cause, secret);
  expect(shown).not.toBe(cause);
  expect(shown).toMatchObject({ message: "x", code: "E" });
});

test.each([
  ["base64", Buffer.from(`Bearer ${"sk_test_canary_01"}`).toString("base64")],
  ["escapes", JSON.stringify({ key: "sk_test\u005fcanary_01" }).replaceAll("_", "\\u005f")],
])("behavior: %s hides nothing", (_, text) => {
  const shown = withoutSecret(Object.assign(new Error("x"), { code: "E", data: text }), secret);
  expect(shown).not.toHaveProperty("data");
  expect(withoutSecret(`got ${text}`, secret)).not.toContain(text);
});

test("behavior: a short key is taken out where it is used as one", () => {
  const shown = withoutSecret(new Error("Bearer user failed: no such user"), "user");
  expect(shown).toMatchObject({ message: "[api key] failed: no such user" });
});

test("behavior: a word that may stand anywhere is no secret", () => {
  const cause = new Error("user");
  expect(withoutSecret(cause, "user")).toBe(cause);
});

// Some runtimes keep them in private fields, which inspect shows all the same.
test.each([
  [
    "the request that failed",
    { request: new Request("https://octane.example", { headers: { "x-any": "x" } }) },
  ],
  [
    "a response that repeats the key",
    { response: new Response("", { headers: { "x-seen": "Bearer test-api-key-0001" } }) },
  ],
])("behavior: of an error that has %s only the words are kept", (_, fields) => {
  const cause = Object.assign(new TypeError("failed"), fields);
  const shown = withoutSecrets(cause, [apiKeySecret("test-api-key-0001")]);
  expect(shown).not.toBe(cause);
  expect(shown).toMatchObject({ name: "TypeError", message: "failed" });
  expect(Object.keys(shown as object)).not.toContain(Object.keys(fields)[0]);
});

test("behavior: a response without the key is kept as it is", () => {
  const cause = Object.assign(new TypeError("failed"), { response: new Response("", { status: 502 }) });
  expect(withoutSecrets(cause, [apiKeySecret("test-api-key-0001")])).toBe(cause);
});
