import { version } from "../version.js";
import type { Answer, StreamAnswer } from "./answer.js";
import { type Refusal, refusalBody } from "./refusal.js";
import { sseHeaders } from "./sse.js";

/** Headers of every response: that it is an emulator's, and by which id to find it. */
function emulatorHeaders(requestId: string): Record<string, string> {
  return { "x-sigil-emulator": version, "x-request-id": requestId };
}

/** Puts an answer into a response. `sent` is told its text, where it is no stream. */
export function respond(answer: Answer | StreamAnswer, sent?: (body: string) => void): Response {
  const headers = emulatorHeaders(answer.requestId);
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
