import { findRoute } from "../internal/octaneRoutes.js";

/** How much of a body is kept, in bytes. */
const mostBytes = 64 * 1024;

/** The beginning of a body, kept as it came. */
export type Kept = { add(chunk: Uint8Array | string): void; text(): string };

/** Makes an empty one. Text is measured by its length, which for JSON of ours is that of its bytes. */
export function createKept(): Kept {
  const chunks: (Uint8Array | string)[] = [];
  let kept = 0;
  let all = 0;
  return {
    add: (chunk) => {
      const room = mostBytes - kept;
      all += chunk.length;
      if (room <= 0 || chunk.length === 0) return;
      // A copy: whoever gets the chunk may change it.
      chunks.push(chunk.slice(0, room));
      kept += Math.min(room, chunk.length);
    },
    text: () => {
      const decoder = new TextDecoder();
      const text = chunks
        .map((chunk) => (typeof chunk === "string" ? chunk : decoder.decode(chunk, { stream: true })))
        .join("");
      return all > kept ? `${text}… (${all} bytes in all)` : text + decoder.decode();
    },
  };
}

/** Headers without what is secret in them: of a credential the last four characters. */
export function maskedHeaders(headers: Headers): Record<string, string> {
  const secret = /^(authorization|proxy-authorization|cookie)$/;
  const shown = [...headers].map(([name, value]) => [
    name,
    secret.test(name) ? masked(value) : maskedText(value),
  ]);
  return Object.fromEntries(shown) as Record<string, string>;
}

function masked(value: string): string {
  const [, scheme = "", credential = ""] = /^(\w+ +)?(.*)$/s.exec(value) ?? [];
  return `${scheme}…${credential.length > 8 ? credential.slice(-4) : ""}`;
}

/** An API key, wherever it stands. */
const keys = /\bsk_[\w-]{8,}/g;

/** Text without API keys but for their last four characters. */
export function maskedText(text: string): string {
  return text.replace(keys, (key) => `…${key.slice(-4)}`);
}

/** A request's body without API keys and the validation code, which a path that is no route may be meant to take, too. */
export function maskedBody(url: string, given: string): string {
  const body = maskedText(given);
  const { name = "validateSpKey" } = findRoute(url) ?? {};
  if (name !== "validateSpKey") return body;
  const named = body.replace(/("code"\s*:\s*)("(?:[^"\\]|\\.)*"?|[^,}\s]+)/g, '$1"…"');
  // Wherever else six digits stand alone: a body that is not quite JSON has a code in it all the same.
  return named.replace(/(?<![\w-])\d{6}(?![\w-])/g, "…");
}
