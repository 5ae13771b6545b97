import { type Answer, answered, describe, granted } from "../Answer.js";
import { type Check, checksOf } from "../Check.js";
import { algoOfChain, isText, isTime } from "../forms.js";
import type { Probe } from "../Probe.js";
import { postSession } from "../requests.js";
import { all, holds, same, Untried, untried, type Verdict } from "../Verdict.js";

/** A session as it is made. */
export const sessions: readonly Check[] = [
  ...checksOf("Routes", [
    [
      "session.created-201",
      "POST /sp/pair/sessions makes a session: 201.",
      async (octane) => answered(await first(octane), 201),
    ],
    [
      "session.shape",
      "The answer has session_id and pair_uri.",
      async (octane) => {
        const { body } = await made(octane);
        return all(isText("session_id", body.session_id), isText("pair_uri", body.pair_uri));
      },
    ],
    [
      "session.expires-at",
      "expires_at is RFC 3339 text in UTC.",
      async (octane) => isTime("expires_at", (await made(octane)).body.expires_at),
    ],
    [
      "session.new-ids",
      "Each session has an id of its own.",
      async (octane) => {
        const ids = [await made(octane), await postSession(octane)].map(({ body }) => body.session_id);
        return holds(ids[0] !== ids[1], "two different session_id", ids);
      },
    ],
    [
      "session.client-meta",
      "client_meta may be sent along.",
      async (octane) => granted(await postSession(octane, { client_meta: { app: "conformance" } })),
    ],
    [
      "session.return-url",
      "An allowed return_url is taken, and given back.",
      async (octane) => {
        const { returnUrl } = octane.settings;
        if (returnUrl === undefined)
          return untried("no allowed return_url is known: give one by --return-url");
        const answer = await postSession(octane, { return_url: returnUrl });
        return all(granted(answer), same("return_url", returnUrl, answer.body.return_url));
      },
    ],
  ]),
  ...checksOf("Conventions", [
    [
      "session.unknown-fields",
      "Fields that octane does not know are ignored.",
      async (octane) => granted(await postSession(octane, { conformance: { unknown: [1] } })),
    ],
  ]),
  ...checksOf("Pairing", [
    [
      "session.pair-uri",
      "pair_uri is https://sigilvault.xyz/pair?session=ID, the id percent-encoded, without a code.",
      async (octane) => {
        const { session_id, pair_uri } = (await made(octane)).body;
        const id = encodeURIComponent(String(session_id));
        return same("pair_uri", `https://sigilvault.xyz/pair?session=${id}`, pair_uri);
      },
    ],
    [
      "session.default-lifetime",
      "A session lives 300 seconds by default.",
      (octane) => lives(octane, undefined, 300),
    ],
    ["session.shortest", "A session may live one second.", (octane) => lives(octane, 1, 1)],
  ]),
  ...checksOf("Chains", [
    [
      "chains.known",
      "All eight chains can be asked for, to read and to sign.",
      async (octane) => {
        const requested_scopes = Object.keys(algoOfChain).flatMap((chain) =>
          ["sign", "read"].map((access) => ({ chain, access })),
        );
        return granted(await postSession(octane, { requested_scopes }));
      },
    ],
  ]),
];

function first(octane: Probe): Promise<Answer> {
  return octane.once("first session", () => postSession(octane));
}

async function made(octane: Probe): Promise<Answer> {
  const answer = await first(octane);
  if (answer.status < 300) return answer;
  throw new Untried(`no session could be made: ${describe(answer)}`);
}

/** Compared with a session of the longest life, since the two clocks may differ. */
async function lives(octane: Probe, expires_in_secs: number | undefined, seconds: number): Promise<Verdict> {
  const before = Date.now();
  const answers = [
    await postSession(octane, { expires_in_secs }),
    await postSession(octane, { expires_in_secs: 600 }),
  ];
  const took = (Date.now() - before) / 1000;
  const [ends = 0, latest = 0] = answers.map(({ body }) => Date.parse(String(body.expires_at)) / 1000);
  const found = 600 - (latest - ends);
  const near = found >= seconds - took - 1 && found <= seconds + 1;
  return all(...answers.map(granted), holds(near, `${seconds} seconds, by expires_at`, `${found} seconds`));
}
