import { describe, expect, test } from "vitest";
import { createEmulator } from "./index.js";
import { client, digest, firstEvm } from "./test/client.js";

describe("createEmulator", () => {
  test("default", async () => {
    const emulator = createEmulator();
    const sp = client(emulator);
    const pairId = await sp.pair();
    const signed = await sp.sign(firstEvm, digest, { pair_id: pairId });
    expect(signed.body).toMatchObject({ request_id: signed.headers.get("x-request-id") });
    expect(signed.status).toBe(200);
  });
});
