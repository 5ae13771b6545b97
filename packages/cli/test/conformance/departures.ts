import { ed25519 } from "@noble/curves/ed25519.js";
import { base64urlnopad } from "@scure/base";
import type { ConformanceOptions } from "../../src/conformance/index.js";
import {
  again,
  answers,
  type Body,
  bodies,
  type Hook,
  heads,
  json,
  pathOf,
  refusal,
  streams,
} from "./depart.js";
import type { Owned } from "./emulatorApprover.js";

/** One way in which an octane departs from the protocol, and the checks that say so, all of them. */
export type Departure = {
  readonly broken: readonly string[];
  /** Checks without which those have nothing to look at. */
  readonly others?: readonly string[];
  readonly hook: (owned: Owned) => Hook;
  readonly options?: Partial<ConformanceOptions>;
};

const octaneSeed = new Uint8Array(32).fill(9);
/** Octane's key where a departure signs in its place. */
const ownKey = { octanePublicKey: base64urlnopad.encode(ed25519.getPublicKey(octaneSeed)) };

/** Signs in octane's place, over what `over` makes of the request. */
const signedOver =
  (over: (payload: Uint8Array, address: string) => Uint8Array): Departure["hook"] =>
  () =>
  async (request, next) => {
    const asked =
      pathOf(request) === "/sp/sign"
        ? await request
            .clone()
            .json()
            .catch(() => ({}))
        : {};
    return answers((body: Body) => {
      if (body.octane_signature === undefined) return;
      const bytes = over(base64urlnopad.decode(asked.payload), asked.address);
      body.octane_signature = base64urlnopad.encode(ed25519.sign(bytes, octaneSeed));
    })(request, next);
  };

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const isSession = (request: Request): boolean => pathOf(request) === "/sp/pair/sessions";
const isResult = (request: Request): boolean => pathOf(request).endsWith("/result");
const algos = ["secp256k1", "ed25519"];
const posts = ["session", "validate", "sign"];

/** Departures that somebody could make by mistake. */
export const departures: Readonly<Record<string, Departure>> = {
  "200 instead of 201": {
    broken: ["session.created-201"],
    hook: () => heads(({ status }) => ({ status: status === 201 ? 200 : status })),
  },
  "a refusal without request_id": {
    broken: ["errors.request-id"],
    others: ["route."],
    hook: () =>
      answers((body, _, status) => {
        if (status === 404) delete body.request_id;
      }),
  },
  "a signature without request_id": {
    broken: algos.map((algo) => `sign.${algo}.request-id`),
    hook: () =>
      answers((body) => {
        if ("device_signature" in body) delete body.request_id;
      }),
  },
  "a code of its own for a pending pairing": {
    broken: ["pairing.pending-sign-403", "order.sign.pair_pending", "errors.code-status"],
    hook: () =>
      answers((body) => {
        if (body.error?.code === "pair_pending") body.error.code = "pair_inactive";
      }),
  },
  "415 before 413": {
    broken: posts.map((name) => `order.${name}.body_too_large`),
    hook: () => async (request, next) =>
      request.headers.get("content-type") === "text/plain" ? next(again(request, "{}")) : next(request),
  },
  "413 not enforced": {
    broken: ["body.too-large-413", ...posts.map((name) => `order.${name}.body_too_large`)],
    hook: () => async (request, next) => {
      const text = await request.clone().text();
      if (text.length <= 256 * 1024) return next(request);
      return next(again(request, text.trim().replace(/x{1000,}/, "")));
    },
  },
  "revoked: true twice": {
    broken: ["revoke.again-false"],
    hook: () =>
      answers((body) => {
        if ("revoked" in body) body.revoked = true;
      }),
  },
  "revoked_at_ms that changes": {
    broken: ["revoke.row-unchanged"],
    hook: () => {
      let later = 0;
      return answers((body) => {
        if (body.revoked === false) body.revoked_at_ms += ++later;
      });
    },
  },
  "404 for what is revoked already": {
    broken: ["revoke.again-false", "revoke.row-unchanged"],
    hook: () => async (request, next) => {
      const response = await next(request);
      if (request.method !== "DELETE" || response.status !== 200) return response;
      return (await response.clone().json()).revoked ? response : refusal(404, "not_found");
    },
  },
  "wallets after the revocation": {
    broken: ["revoke.wallets-403", "revoke.by-owner"],
    hook: () => async (request, next) => {
      const response = await next(request);
      const gone = pathOf(request).endsWith("/wallets") && response.status === 403;
      return gone ? json(200, { entries: [] }) : response;
    },
  },
  "pair_uri without percent-encoding": {
    broken: ["session.pair-uri"],
    hook: () => async (request, next) => {
      const plain = new Request(request.url.replace(/%2B%2F%3D(?=\/result)/i, ""), request);
      return answers((body, { url }) => {
        if (!isSession(new Request(url)) || body.session_id === undefined) return;
        body.session_id += "+/=";
        body.pair_uri += "+/=";
      })(plain, next);
    },
  },
  "pair_uri with a code": {
    broken: ["session.pair-uri"],
    hook: () =>
      answers((body) => {
        if ("pair_uri" in body) body.pair_uri += "&v=000000";
      }),
  },
  "a terminal frame that is not given again": {
    broken: ["frames.expired-replay", "frames.rejected-replay", "frames.completed-replay"],
    hook: () => {
      const given = new Set<string>();
      return async (request, next) => {
        const response = await next(request);
        const path = pathOf(request);
        if (!isResult(request) || response.status !== 200) return response;
        if (given.has(path)) return new Response(": keep-alive\n\n", { headers: response.headers });
        given.add(path);
        return response;
      };
    },
  },
  "a terminal frame given twice": {
    broken: ["frames.one"],
    hook: () => streams((event) => (event.includes("data:") ? event + event : event)),
  },
  "no event name": {
    broken: ["frames.event-name", "revoke.event-stream"],
    hook: () => streams((event) => event.replace(/^event:.*\n/gm, "")),
  },
  "streams as plain text": {
    broken: ["frames.waiting", "frames.content-type", "revoke.event-stream"],
    hook: () =>
      heads(({ headers }) => {
        const changed = new Headers(headers);
        if (headers.get("content-type") === "text/event-stream") changed.set("content-type", "text/plain");
        return { headers: changed };
      }),
  },
  "JSON as plain text": {
    broken: ["answers.json"],
    hook: () =>
      heads(({ headers }) => {
        const changed = new Headers(headers);
        if (headers.get("content-type") === "application/json") changed.set("content-type", "text/plain");
        return { headers: changed };
      }),
  },
  "octane signs the payload alone": {
    broken: [...algos.map((algo) => `sign.${algo}.octane`), "sign.address-case"],
    hook: signedOver((payload) => payload),
    options: ownKey,
  },
  "octane signs the address in lower case": {
    broken: ["sign.secp256k1.octane"],
    hook: signedOver((payload, address) =>
      Uint8Array.of(...payload, ...utf8(address.startsWith("0x") ? address.toLowerCase() : address)),
    ),
    options: ownKey,
  },
  "sp_signature not repeated": {
    broken: algos.map((algo) => `sign.${algo}.sp`),
    hook: () =>
      answers((body) => {
        if ("sp_signature" in body) body.sp_signature = "";
      }),
  },
  "the device signs something else": {
    broken: ["sign.secp256k1.device", "sign.address-case"],
    hook: () =>
      answers((body) => {
        // 65 bytes end in v: the last character but one changes s or v.
        if (body.device_signature?.length === 87) {
          body.device_signature = body.device_signature.replace(/^./, (first: string) =>
            first === "A" ? "B" : "A",
          );
        }
      }),
  },
  "base64url with padding": {
    broken: algos.map((algo) => `sign.${algo}.device-bytes`),
    hook: () =>
      answers((body) => {
        const text = body.device_signature;
        if (text !== undefined) body.device_signature = text.padEnd(Math.ceil(text.length / 4) * 4, "=");
      }),
  },
  "signed_at without a zone": {
    broken: algos.map((algo) => `sign.${algo}.signed-at`),
    hook: () =>
      answers((body) => {
        if ("signed_at" in body) body.signed_at = body.signed_at.replace("Z", "");
      }),
  },
  "Idempotency-Key ignored": {
    broken: [
      "idempotency.same-answer",
      "idempotency.at-once",
      "idempotency.refusal",
      "idempotency.other-body",
      "idempotency.other-route",
      "idempotency.before-fields",
      "validate.idempotent-replay",
      "sign.idempotent-replay",
      "sign.idempotent-other-body",
    ],
    hook: () => async (request, next) => {
      request.headers.delete("idempotency-key");
      return next(request);
    },
  },
  "403 for what is another provider's": {
    broken: [
      ...["session", "wallets", "events", "validate", "sign", "revoke", "same-words"].map(
        (id) => `foreign.${id}`,
      ),
      "errors.code-status",
    ],
    hook: ({ emulator }) => {
      const first = `Bearer ${emulator.sp.apiKey}`;
      return async (request, next) => {
        const about = request.url + (await request.clone().text());
        const response = await next(request);
        const foreign = request.headers.get("authorization") !== first && !about.includes("00000000-0000");
        return foreign && response.status === 404 ? refusal(403, "forbidden") : response;
      };
    },
  },
  "wrong codes not counted": {
    broken: ["validate.three-wrong", "validate.three-wrong-event"],
    hook:
      ({ codes }) =>
      async (request, next) => {
        const text = await request.clone().text();
        if (!pathOf(request).endsWith("/validate") || [...codes].some((code) => text.includes(code))) {
          return next(request);
        }
        const pairId = /"pair_id":"([^"]+)","code":"/.exec(text)?.[1] ?? "none";
        const { authorization = "" } = Object.fromEntries(request.headers);
        const wallets = request.url.replace("/pair/validate", `/pairings/${pairId}/wallets`);
        const { status } = await next(new Request(wallets, { headers: { authorization } }));
        return status === 200 ? refusal(403, "wrong_validation_code") : next(request);
      },
  },
  "a pending pairing signs": {
    broken: ["pairing.pending-sign-403", "order.sign.pair_pending"],
    hook:
      ({ codes }) =>
      async (request, next) => {
        const text = await request.clone().text();
        const response = await next(request);
        if (pathOf(request) !== "/sp/sign" || (await codeOf(response)) !== "pair_pending") return response;
        const { pair_id } = JSON.parse(text);
        const validate = new Request(request.url.replace("/sign", "/pair/validate"), request);
        for (const code of codes) {
          await next(again(validate, JSON.stringify({ pair_id, code }), { "idempotency-key": code }));
        }
        return next(again(request, text, { "idempotency-key": crypto.randomUUID() }));
      },
  },
  "expires_at as a date of HTTP": {
    broken: ["session.expires-at"],
    hook: () =>
      answers((body) => {
        if ("expires_at" in body) body.expires_at = new Date(body.expires_at).toUTCString();
      }),
  },
  "sessions of an hour": {
    broken: ["session.lifetime-range", "order.session.expires_out_of_range"],
    hook: () =>
      bodies((body) => {
        if (body.expires_in_secs > 600) body.expires_in_secs = 600;
      }),
  },
  "unknown fields refused": {
    broken: ["session.unknown-fields", "validate.unknown-fields", "sign.unknown-fields"],
    hook: () => async (request, next) =>
      (await request.clone().text()).includes('"conformance":') ? refusal(400, "bad_request") : next(request),
  },
  "404 for a wrong method": {
    broken: ["method.wrong-405", "method.allow", "method.before-body"],
    hook: () => async (request, next) => {
      const response = await next(request);
      return response.status === 405 ? refusal(404, "not_found") : response;
    },
  },
  "429 without Retry-After": {
    broken: ["rate.retry-after"],
    hook: () =>
      heads(({ headers }) => {
        const changed = new Headers(headers);
        changed.delete("retry-after");
        return { headers: changed };
      }),
  },
  "the user's refusal is 400": {
    broken: ["sign.rejected-403", "errors.code-status"],
    hook: () => async (request, next) => {
      const response = await next(request);
      return (await codeOf(response)) === "user_rejected" ? refusal(400, "user_rejected") : response;
    },
  },
};

async function codeOf(response: Response): Promise<unknown> {
  if (response.headers.get("content-type") !== "application/json") return undefined;
  return (await response.clone().json()).error?.code;
}
