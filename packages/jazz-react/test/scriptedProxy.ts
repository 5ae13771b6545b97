import { onTestFinished, vi } from "vitest";

/** One answer of the proxy, or what goes wrong on the way. */
export type Answer = Response | Error | "silence" | (() => Response);

/** Replaces `fetch` with these answers, one after the other; the last one again and again. */
export function scriptedProxy(...answers: readonly Answer[]): { readonly asked: Request[] } {
  const asked: Request[] = [];
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    const answer = answers[Math.min(asked.length, answers.length - 1)];
    asked.push(new Request(`https://app.example${url}`, init));
    if (answer instanceof Error) throw answer;
    if (typeof answer === "function") return answer();
    if (answer instanceof Response) return answer.clone();
    return new Promise((_, reject) => {
      init.signal?.addEventListener("abort", () => reject(new DOMException("aborted", "AbortError")));
    });
  });
  onTestFinished(() => void vi.unstubAllGlobals());
  return { asked };
}

/** A stream of these chunks, which then ends. */
export function stream(...chunks: readonly string[]): Response {
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk));
      controller.close();
    },
  });
  return new Response(body, { headers: { "content-type": "text/event-stream; charset=utf-8" } });
}

/** A stream that holds for three seconds, and then ends or breaks without a word. */
export const cut = (how: "ends" | "breaks") => (): Response => {
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      controller.enqueue(new TextEncoder().encode(": waiting\n\n"));
      setTimeout(() => {
        if (how === "ends") controller.close();
        else controller.error(new TypeError("network error"));
      }, 3_000);
    },
  });
  return new Response(body, { headers: { "content-type": "text/event-stream" } });
};

export const event = (data: object): string => `data: ${JSON.stringify(data)}\n\n`;
