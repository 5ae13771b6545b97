/** The order of refusals: of two things wrong with a request, the earlier one of the protocol page is answered. */
import { describe, expect, test } from "vitest";
import { base, client, digest, firstEvm, secondEvm, signBody } from "../../test/client.js";
import { createEmulator, type Emulator } from "../index.js";
import { refusals } from "./refusal.js";

/** A request under construction, and the emulator it will meet. */
type Draft = {
  emulator: Emulator;
  headers: Record<string, string>;
  body: Record<string, unknown>;
  text?: string;
};
/** Something wrong with it. Defects that cannot be told together have the same `group`. */
type Defect = { code: keyof typeof refusals; spoil: (draft: Draft) => unknown; group?: string };

const defects = {
  unauthorized: { code: "unauthorized", spoil: (d) => delete d.headers.authorization },
  tooLarge: {
    code: "body_too_large",
    spoil: (d) => {
      d.body.padding = "x".repeat(256 * 1024);
    },
  },
  mediaType: {
    code: "unsupported_media_type",
    spoil: (d) => {
      d.headers["content-type"] = "text/plain";
    },
  },
  badJson: {
    code: "bad_json",
    spoil: (d) => {
      d.text = "}";
    },
  },
} satisfies Record<string, Defect>;

async function outcome(path: string, draft: Draft): Promise<[number, string | undefined]> {
  const body = (draft.text ?? "") + JSON.stringify(draft.body);
  const response = await draft.emulator.fetch(base + path, { method: "POST", headers: draft.headers, body });
  return [response.status, (await response.json()).error?.code];
}

/** Every pair of defects, the earlier one first. */
function inPairs(list: readonly Defect[]): [Defect, Defect][] {
  return list.flatMap((first, index) =>
    list
      .slice(index + 1)
      .filter((second) => first.group === undefined || first.group !== second.group)
      .map((second): [Defect, Defect] => [first, second]),
  );
}

function describeOrder(path: string, list: readonly Defect[], fresh: () => Promise<Draft>): void {
  const check = async (...found: Defect[]): Promise<void> => {
    const draft = await fresh();
    // The later one first, so that an earlier one may replace what it left.
    for (const defect of found.toReversed()) await defect.spoil(draft);
    const code = found[0]?.code ?? "unauthorized";
    expect(await outcome(path, draft)).toEqual([refusals[code], code]);
  };
  test("default", async () => {
    const [status] = await outcome(path, await fresh());
    expect([200, 201]).toContain(status);
  });
  test.each(list.map((defect) => [defect.code, defect] as const))("parameters: %s", (_, defect) =>
    check(defect),
  );
  test.each(inPairs(list).map(([a, b]) => [a.code, b.code, a, b] as const))(
    "behavior: %s before %s",
    (_, __, first, second) => check(first, second),
  );
}

const start = (emulator: Emulator, body: Draft["body"]): Draft => ({
  emulator,
  headers: { authorization: `Bearer ${emulator.sp.apiKey}`, "content-type": "application/json" },
  body,
});

describe("createPairSession", () => {
  const emulator = createEmulator();
  const list: Defect[] = [
    ...Object.values(defects),
    {
      code: "bad_request",
      spoil: (d) => {
        d.body.sp_user_ref = 1;
      },
    },
    {
      code: "unknown_chain",
      spoil: (d) => {
        d.body.requested_scopes = [
          { chain: "base", access: "sign" },
          { chain: "doge", access: "read" },
        ];
      },
    },
    {
      code: "expires_out_of_range",
      spoil: (d) => {
        d.body.expires_in_secs = 601;
      },
    },
    {
      code: "return_origin_denied",
      spoil: (d) => {
        d.body.return_url = "https://evil.test/";
      },
    },
  ];
  describeOrder("/sp/pair/sessions", list, async () =>
    start(emulator, { sp_user_ref: "ada", requested_scopes: [{ chain: "base", access: "sign" }] }),
  );
});

describe("validateSpKey", () => {
  const list: Defect[] = [
    ...Object.values(defects),
    {
      code: "bad_request",
      spoil: (d) => {
        d.body.code = 123456;
      },
    },
    {
      code: "not_found",
      spoil: (d) => {
        d.body.pair_id = "nobody's";
      },
    },
    { code: "pair_revoked", spoil: (d) => d.emulator.appliance.revoke(String(d.body.pair_id)) },
    {
      code: "wrong_validation_code",
      spoil: (d) => {
        d.body.code = "654321";
      },
    },
  ];
  // Revoking needs the real id, so it comes before the id is spoilt: both orders of the table hold that.
  describeOrder("/sp/pair/validate", list, async () => {
    const emulator = createEmulator();
    const pair_id = await client(emulator).pairPending();
    return start(emulator, { pair_id, code: "123456" });
  });
});

describe("sign", () => {
  const resign = (d: Draft, address: string, more: object = {}): void => {
    d.body = { ...signBody(d.emulator.sp, address, digest), ...more };
  };
  const list: Defect[] = [
    ...Object.values(defects),
    {
      code: "bad_request",
      spoil: (d) => {
        d.body.payload = "not base64url!";
      },
      group: "payload",
    },
    {
      code: "unknown_chain",
      spoil: (d) => {
        d.body.chain = "doge";
      },
    },
    {
      code: "payload_length",
      spoil: (d) => {
        d.body.payload = "AAAA";
      },
      group: "payload",
    },
    {
      code: "not_found",
      spoil: (d) => {
        d.body.address = "0x0000000000000000000000000000000000000001";
      },
      group: "address",
    },
    {
      code: "pair_id_required",
      spoil: async (d) => {
        await client(d.emulator).pair({}, {});
        delete d.body.pair_id;
      },
      group: "address",
    },
    {
      code: "bad_sp_signature",
      spoil: (d) => {
        d.body.sp_signature = `A${"A".repeat(85)}`;
      },
      group: "address",
    },
    {
      code: "pair_revoked",
      spoil: (d) => d.emulator.appliance.revoke(String(d.body.pair_id)),
      group: "address",
    },
    {
      code: "scope_denied",
      spoil: (d) => resign(d, secondEvm, { pair_id: d.body.pair_id }),
      group: "address",
    },
    {
      code: "user_rejected",
      spoil: () => {
        decision = "reject";
      },
    },
  ];
  let decision: "approve" | "reject" = "approve";
  describeOrder("/sp/sign", list, async () => {
    decision = "approve";
    const approval = (request: { kind: string }) => (request.kind === "pair" ? "wait" : decision);
    const emulator = createEmulator({ approval });
    const scopes = { scopes: [{ chain: "ethereum", access: "sign", wallet_index: 0 }] };
    const pair_id = await client(emulator).pair({}, scopes);
    return start(emulator, { ...signBody(emulator.sp, firstEvm, digest, { pair_id }) });
  });

  test("behavior: a bad signature before the state of the pairing, that before its scope", async () => {
    const emulator = createEmulator();
    const sp = client(emulator);
    const pair_id = await sp.pairPending();
    const forged = { pair_id, sp_signature: "A".repeat(86) };
    const outcomes = async () => [
      (await sp.sign(firstEvm, digest, forged)).body.error.code,
      (await sp.sign(firstEvm, digest, { pair_id, chain: "bnb" })).body.error.code,
    ];
    expect(await outcomes()).toEqual(["bad_sp_signature", "pair_pending"]);
    await sp.validate(pair_id);
    expect(await outcomes()).toEqual(["bad_sp_signature", "scope_denied"]);
    await emulator.appliance.revoke(pair_id);
    expect(await outcomes()).toEqual(["bad_sp_signature", "pair_revoked"]);
  });

  test("behavior: an unknown address and two pairings before a bad signature", async () => {
    const emulator = createEmulator();
    const sp = client(emulator);
    const forged = { sp_signature: "A".repeat(86) };
    expect((await sp.sign(firstEvm, digest, forged)).body.error.code).toBe("not_found");
    await sp.pair();
    expect((await sp.sign(firstEvm, digest, forged)).body.error.code).toBe("bad_sp_signature");
    await sp.pair();
    expect((await sp.sign(firstEvm, digest, forged)).body.error.code).toBe("pair_id_required");
  });
});
