import { version } from "../version.js";
import type { Answer, StreamAnswer } from "./answer.js";
import { type Refusal, refusalBody } from "./refusal.js";
import { sseHeaders } from "./sse.js";

/** What an answer leaves with. */
type Leaving = {
  /** Octane's time, for whoever compares clocks. Left out, the server's own is sent, if there is a server. */
  readonly now?: number;
  /** Is told the text, where it is no stream. */
  readonly sent?: ((body: string) => void) | undefined;
};

/** Headers of every response: that it is an emulator's, by which id to find it, and what its clock shows. */
function emulatorHeaders(requestId: string, now: number | undefined): Record<string, string> {
  const date = now === undefined ? {} : { date: new Date(now).toUTCString() };
  return { "x-sigil-emulator": version, "x-request-id": requestId, ...date };
}

/** Puts an answer into a response. */
export function respond(answer: Answer | StreamAnswer, { now, sent }: Leaving = {}): Response {
  const headers = emulatorHeaders(answer.requestId, now);
  if ("stream" in answer) return new Response(answer.stream, { headers: { ...headers, ...sseHeaders } });
  const body = JSON.stringify(answer.body);
  sent?.(body);
  return new Response(body, {
    status: answer.status,
    headers: {
      "content-type": "application/json",
      "cache-control": "no-store",
      ...headers,
      ...answer.headers,
    },
  });
}

/** Puts a refusal into an answer. */
export function refuse(refusal: Refusal, requestId: string): Answer {
  return {
    status: refusal.status,
    body: refusalBody(refusal, requestId),
    requestId,
    headers: refusal.headers,
  };
}
