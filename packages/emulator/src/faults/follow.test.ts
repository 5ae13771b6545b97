import { describe, expect, test } from "vitest";
import { client, digest, firstEvm, signBody } from "../../test/client.js";
import { start, ways } from "../../test/overBoth.js";
import { createEmulator } from "../index.js";

const statuses = [301, 302, 303, 307, 308] as const;

describe("a redirect that is followed", () => {
  test.each(ways)("default: over %s the request goes on to the same octane", async (way) => {
    const { emulator, sp } = await start(way);
    await sp.pair();
    emulator.faults.add({
      route: "sign",
      calls: 1,
      fault: { kind: "redirect", status: 307, location: "/sp/sign" },
    });
    expect((await sp.sign(firstEvm)).status).toBe(200);
    expect(emulator.faults.calls("sign")).toBe(2);
  });

  test.each(statuses)("parameters: %i", async (status) => {
    for (const way of ways) {
      const { emulator, sp } = await start(way);
      await sp.pair();
      emulator.faults.add({
        route: "sign",
        calls: 1,
        fault: { kind: "redirect", status, location: "/sp/none" },
      });
      const { body } = await sp.sign(firstEvm);
      expect([way, body.error.message.split(":")[0]]).toEqual([
        way,
        `There is no route ${status < 304 ? "GET" : "POST"} /sp/none`,
      ]);
    }
  });

  test("behavior: another origin gets the payload, but not the key", async () => {
    const emulator = createEmulator();
    const location = "https://elsewhere.test/sp/sign";
    emulator.faults.add({ route: "sign", calls: 1, fault: { kind: "redirect", status: 307, location } });
    const answer = await client(emulator).sign(firstEvm);
    expect(answer.body.error.code).toBe("unauthorized");
    expect(emulator.faults.calls("sign")).toBe(2);
  });

  test("behavior: it ends somewhere", async () => {
    const emulator = createEmulator();
    const sp = client(emulator);
    const { remove } = emulator.faults.add({
      route: "sign",
      fault: { kind: "redirect", status: 308, location: "/sp/sign" },
    });
    await expect(sp.sign(firstEvm)).rejects.toMatchObject({ cause: { message: "redirect count exceeded" } });
    expect(emulator.faults.calls("sign")).toBe(21);
    remove();
    const bad = { kind: "redirect", status: 308, location: "ftp://elsewhere.test/" } as const;
    emulator.faults.add({ route: "sign", fault: bad });
    await expect(sp.sign(firstEvm)).rejects.toMatchObject({ message: "fetch failed" });
    const body = new Blob([JSON.stringify(signBody(emulator.sp, firstEvm, digest))]).stream();
    const streamed = sp.raw("POST", "/sp/sign", { body, duplex: "half" } as RequestInit);
    await expect(streamed).rejects.toMatchObject({ message: "fetch failed" });
  });
});
