import { answerTo, refused } from "./answers.js";
import { type Ask, envelopeOf } from "./ask.js";
import { octane } from "./keys.js";

type Failure = readonly [
  what: string,
  answer: (ask: Ask, honest: Uint8Array) => Response | Promise<Response>,
];

const cut = (text: string): Response =>
  new Response(text, { headers: { "content-type": "application/json" } });

/** Failures after which nobody can tell whether the user was asked: a second try might ask again. */
export const ambiguous: readonly Failure[] = [
  ["a connection that is reset", () => Promise.reject(fetchFailed("ECONNRESET", "socket hang up"))],
  ["a connection that is closed", () => Promise.reject(fetchFailed("UND_ERR_SOCKET", "other side closed"))],
  ["a fetch that is aborted by itself", () => Promise.reject(new DOMException("stopped", "AbortError"))],
  ["500", () => refused(500, "internal_error")],
  ["502 with HTML", () => new Response("<h1>Bad gateway</h1>", { status: 502 })],
  ["503 without Retry-After", () => new Response("", { status: 503 })],
  ["504", () => new Response("", { status: 504 })],
  ["408 from a proxy", () => new Response("", { status: 408 })],
  ["a redirect", () => new Response(null, { status: 307, headers: { location: "/elsewhere" } })],
  ["204", () => new Response(null, { status: 204 })],
  ["truncated JSON", (ask, honest) => cut(JSON.stringify(answerTo(ask, honest)).slice(0, -20))],
  ["a body that breaks off", () => broken()],
  ["an HTML page", () => new Response("<h1>Welcome</h1>", { headers: { "content-type": "text/html" } })],
];

/** Octane says that it did nothing, and when to come back: the one answer after which a signer may ask again by itself. */
export const putOff = (status: 429 | 503): Response =>
  new Response("", { status, headers: { "retry-after": "0" } });

/** Answers that are none, or not to this request, around an honest device's signature. */
export const wrongAnswers: readonly Failure[] = [
  ["null", () => Response.json(null)],
  ["an array", (ask, honest) => Response.json([answerTo(ask, honest)])],
  ["an empty object", () => Response.json({})],
  ...without("device_signature"),
  ...without("sp_signature"),
  ...without("octane_signature"),
  ["a number as device_signature", changed({ device_signature: 7 })],
  ["an array as device_signature", (ask, honest) => changed({ device_signature: [...honest] })(ask, honest)],
  [
    "hexadecimal as device_signature",
    (ask, honest) => changed({ device_signature: `0x${Buffer.from(honest).toString("hex")}` })(ask, honest),
  ],
  ["another sp_signature", changed({ sp_signature: "A".repeat(86) })],
  ["octane's signature all zeros", changed({ octane_signature: "A".repeat(86) })],
  [
    "octane's signature over another payload",
    (ask, honest) =>
      changed({
        octane_signature: Buffer.from(
          octane.sign(envelopeOf({ ...ask, payload: new Uint8Array(32) })),
        ).toString("base64url"),
      })(ask, honest),
  ],
];

function changed(fields: Readonly<Record<string, unknown>>): Failure[1] {
  return (ask, honest) => Response.json({ ...answerTo(ask, honest), ...fields });
}

function without(field: string): readonly Failure[] {
  return [
    [`no ${field}`, changed({ [field]: undefined })],
    [`null as ${field}`, changed({ [field]: null })],
  ];
}

/** As undici words it. */
const fetchFailed = (code: string, message: string): TypeError =>
  new TypeError("fetch failed", { cause: Object.assign(new Error(message), { code }) });

function broken(): Response {
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"device_signature":"'));
    },
    pull(controller) {
      controller.error(fetchFailed("UND_ERR_SOCKET", "other side closed"));
    },
  });
  return new Response(stream, { headers: { "content-type": "application/json" } });
}
