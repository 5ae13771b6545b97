import { badRequest } from "../ControlError.js";
import { eventStream } from "../eventStream.js";
import { type Operation, operation } from "../Operation.js";
import * as schemas from "../schemas.js";
import type { Schema } from "../shapes.js";

const since: Schema = { type: "integer", minimum: 0, description: "Only those with a greater id." };

/** What has happened, and what went over the wire. */
export const records: readonly Operation[] = [
  operation({
    id: "listTraffic",
    tag: "Records",
    method: "GET",
    path: "/traffic",
    summary: "The last 500 requests and answers, secrets masked.",
    query: { since },
    status: 200,
    answer: schemas.record({ exchanges: schemas.listOf(schemas.exchange) }),
    run: ({ emulator, query }) => {
      const after = readSince(query) ?? 0;
      return { exchanges: emulator.traffic.list().filter(({ id }) => id > after) };
    },
  }),
  operation({
    id: "getTranscript",
    tag: "Records",
    method: "GET",
    path: "/traffic/transcript",
    summary: "The same as text, without what differs from run to run.",
    status: 200,
    run: ({ emulator }) =>
      new Response(emulator.traffic.transcript(), {
        headers: { "content-type": "text/plain; charset=utf-8" },
      }),
  }),
  operation({
    id: "streamEvents",
    tag: "Records",
    method: "GET",
    path: "/events",
    summary:
      "What happens, as it happens: server-sent events, `: ping` every 15 s. Goes on after `Last-Event-ID`, or `since`.",
    query: { since },
    status: 200,
    run: ({ emulator, query, request }) => {
      const last = request.headers.get("last-event-id");
      return eventStream(
        emulator,
        last !== null && /^\d{1,15}$/.test(last) ? Number(last) : readSince(query),
      );
    },
  }),
];

function readSince(query: URLSearchParams): number | undefined {
  const given = query.get("since");
  if (given === null) return undefined;
  return /^\d{1,15}$/.test(given) ? Number(given) : badRequest("since must be a whole number, 0 or more.");
}
