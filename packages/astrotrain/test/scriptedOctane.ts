/** One request as it would have left. */
export type Seen = {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: unknown;
};

export type Answer = Response | Error | ((seen: Seen, init: RequestInit) => Response | Promise<Response>);

/** A `fetch` that answers from a list, the last answer again and again, and notes what it was asked. */
export function scriptedOctane(...answers: Answer[]): { fetch: typeof fetch; seen: Seen[] } {
  const seen: Seen[] = [];
  const fetch = async (input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> => {
    const body = typeof init.body === "string" ? (JSON.parse(init.body) as unknown) : undefined;
    const entry = {
      method: init.method ?? "GET",
      url: String(input),
      headers: new Headers(init.headers),
      body,
    };
    const answer = answers[Math.min(seen.length, answers.length - 1)];
    seen.push(entry);
    if (answer === undefined) throw new Error("no answer was scripted");
    if (answer instanceof Error) throw answer;
    return answer instanceof Response ? answer.clone() : answer(entry, init);
  };
  return { fetch, seen };
}

export const json = (value: unknown, init?: ResponseInit): Response => Response.json(value, init);

export const refusal = (status: number, code: string): Response =>
  json({ error: { code, message: "for a person" }, request_id: "r-1" }, { status });

/** A stream made of the given pieces; it ends after them unless `open`. */
export function sse(pieces: readonly (string | Uint8Array)[], { open = false } = {}): Response {
  const encoder = new TextEncoder();
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of pieces)
        controller.enqueue(typeof piece === "string" ? encoder.encode(piece) : piece);
      if (!open) controller.close();
    },
  });
  return new Response(stream, { headers: { "content-type": "text/event-stream" } });
}

export const frame = (value: Readonly<Record<string, unknown>>): string =>
  `event: ${String(value.kind)}\ndata: ${JSON.stringify(value)}\n\n`;

/** What every call in these tests is made with. The key is a test key. */
export const access = { octaneUrl: "https://octane.example", apiKey: "test-api-key-0001" } as const;

/** The error that a promise rejects with; fails when it resolves. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("expected a rejection");
}
