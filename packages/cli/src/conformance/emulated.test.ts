import { createEmulator } from "@sigil/emulator";
import { listen } from "@sigil/emulator/node";
import { expect, onTestFinished, test } from "vitest";
import { depart, heads } from "../../test/conformance/depart.js";
import { ids } from "../../test/conformance/run.js";
import { main } from "../main.js";
import { createControl } from "./createControl.js";
import { emulated, runConformance } from "./index.js";

test("default: an emulator that may be controlled needs no person, and is left as it was", async () => {
  const emulator = createEmulator({ approval: "manual", allowedReturnOrigins: ["https://conformance.test"] });
  emulator.rules.add({ when: { chain: "base" }, then: { reject: "not on base" } });
  emulator.policy.set({ rateLimit: { requests: 10_000, perMs: 1_000 } });
  const { url: octaneUrl, controlToken, close } = await listen(emulator, { port: 0, control: {} });
  onTestFinished(close);
  const report = await runConformance({
    octaneUrl,
    apiKey: emulator.sp.apiKey,
    seed: emulator.sp.privateKeySeed,
    returnUrl: "https://conformance.test/back",
    ...(await emulated({ octaneUrl, controlToken })),
  });
  expect(ids(report, "broken")).toEqual([]);
  expect(ids(report, "untried")).toEqual([]);
  expect(emulator.rules.list()).toEqual([{ when: { chain: "base" }, then: { reject: "not on base" } }]);
  expect(emulator.policy.get().rateLimit).toEqual({ requests: 10_000, perMs: 1_000 });
});

test("parameters: controlToken", async () => {
  const { url: octaneUrl, close } = await listen(createEmulator(), { port: 0, control: {} });
  onTestFinished(close);
  const error = await emulated({ octaneUrl, controlToken: "not-its-own-token" }).catch(String);
  expect(error).toMatch(/refused GET \/rules \(401\)/);
  expect(error).not.toContain("not-its-own-token");
});

test("behavior: the command prints one document, and its exit code says whether a line is broken", async () => {
  const { sp, ...emulator } = createEmulator();
  const fetch = depart(
    emulator.fetch,
    heads(({ status }) => ({ status: status === 201 ? 200 : status })),
  );
  const env = {
    SIGIL_OCTANE_URL: "https://octane.test",
    SIGIL_API_KEY: sp.apiKey,
    SIGIL_SP_SEED: sp.privateKeySeed,
  };
  const tried = async (given: typeof fetch, ...only: readonly string[]) => {
    const out: string[] = [];
    const stdout = { write: (text: string) => out.push(text) };
    const io = { stdout, stderr: { write: () => true }, env, fetch: given };
    const exitCode = await main(["conformance", "--json", "--wait", "1", "--only", ...only], io);
    return { exitCode, report: JSON.parse(out.join("")) };
  };
  expect(await tried(emulator.fetch, "session.created", "auth.")).toMatchObject({
    exitCode: 0,
    report: { octane_url: "https://octane.test", hold: 6, broken: 0, not_tried: 0 },
  });
  expect(await tried(fetch, "session.created")).toMatchObject({
    exitCode: 1,
    report: { broken: 1, checks: [{ id: "session.created-201", section: "Routes", verdict: "broken" }] },
  });
  expect(await tried(fetch, "sessions")).toMatchObject({
    exitCode: 2,
    report: { error: { code: "bad_option" } },
  });
});

test("behavior: the control token goes to no other machine, and to nobody else on this one", async () => {
  const asked: string[] = [];
  const fetch = async (input: string | URL | Request): Promise<Response> => {
    asked.push(String(input));
    return Response.json({});
  };
  const control = { controlToken: "a token", fetch } as const;
  expect(() => createControl({ ...control, octaneUrl: "https://octane.example" })).toThrow(/of this machine/);
  expect(asked).toEqual([]);
  const { ask } = createControl({ ...control, octaneUrl: "http://127.0.0.1:8124" });
  await expect(ask("GET", "/clock")).rejects.toThrow("What answers at http://127.0.0.1:8124 is no emulator");
});
