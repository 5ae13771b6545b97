import { expect, test } from "vitest";
import { controlledFetch, token } from "../../test/controlled.js";
import { setUp } from "../../test/sigil.js";

/** `sigil conformance`, and the paths of the control API that it asked. */
function controlled() {
  const { emulator, env, run } = setUp({ approval: "manual" });
  const answer = controlledFetch(emulator);
  const asked: string[] = [];
  const fetch: typeof globalThis.fetch = (input, init) => {
    const { pathname } = new URL(new Request(input, init).url);
    if (pathname.startsWith("/_emulator")) asked.push(pathname);
    return answer(input, init);
  };
  const conformance = async (argv: readonly string[], change: Record<string, string> = {}) => {
    const options = { env: { ...env, ...change }, fetch };
    const { code, out, err } = await run(["conformance", "--json", ...argv], options);
    return { code, report: JSON.parse(out), printed: out + err };
  };
  return { conformance, asked };
}

/** The second of them needs an owner who decides. */
const only = ["--only", "session.created", "frames.completed"];

test("parameters: control", async () => {
  const { conformance } = controlled();
  const held = { code: 0, report: { broken: 0, not_tried: 0 } };
  expect(await conformance([...only, "--control", token])).toMatchObject(held);
  expect(await conformance([...only, "--control"], { SIGIL_CONTROL_TOKEN: token })).toMatchObject(held);
  expect(
    await conformance([...only, `--control=${token}`], { SIGIL_CONTROL_TOKEN: "of another start" }),
  ).toMatchObject(held);
});

test("behavior: --control without a token, or with a wrong one, is told, and no token is repeated", async () => {
  const { conformance } = controlled();
  const none = await conformance(["--control"]);
  expect(none).toMatchObject({ code: 2, report: { error: { code: "missing_option" } } });
  expect(none.report.error.next).toContain("SIGIL_CONTROL_TOKEN");
  const wrong = await conformance(["--control", "a-token-of-nobody"]);
  expect(wrong).toMatchObject({ code: 1, report: { error: { message: expect.stringContaining("401") } } });
  expect(wrong.printed).not.toContain("a-token-of-nobody");
});

test("behavior: the variable alone controls nothing: its token is no business of another octane's", async () => {
  const { conformance, asked } = controlled();
  const { code } = await conformance(["--only", "auth."], { SIGIL_CONTROL_TOKEN: token });
  expect([code, asked]).toEqual([0, []]);
});
