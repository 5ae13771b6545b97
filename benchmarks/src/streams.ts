/** Bytes of an event stream as they come, and how many events are in it. */
export type Stream = {
  readonly name: string;
  readonly chunks: readonly Uint8Array[];
  readonly events: number;
};

const encoder = new TextEncoder();

/** In pieces of so many bytes, as a network might cut them. */
function cut(text: string, length: number): readonly Uint8Array[] {
  const bytes = encoder.encode(text);
  const count = Math.ceil(bytes.length / length);
  return Array.from({ length: count }, (_, at) => bytes.subarray(at * length, (at + 1) * length));
}

const frame = (at: number, more: object = {}): string =>
  JSON.stringify({ kind: "pair_status", at, pair_id: "pair_benchmark", ...more });

function repeat(name: string, events: number, one: (at: number) => string, pieces = 16_384): Stream {
  const text = Array.from({ length: events }, (_, at) => one(at)).join("");
  return { name, chunks: cut(text, pieces), events };
}

/** Ten kinds of what servers send. */
export const streams: readonly Stream[] = [
  repeat("events", 2_000, (at) => `data: ${frame(at)}\n\n`),
  repeat("events with an id", 2_000, (at) => `id: ${at}\ndata: ${frame(at)}\n\n`),
  repeat("events with a name", 2_000, (at) => `event: status\ndata: ${frame(at)}\n\n`),
  repeat("lines that end in CRLF", 2_000, (at) => `id: ${at}\r\ndata: ${frame(at)}\r\n\r\n`),
  repeat("a comment before each", 2_000, (at) => `: keep-alive\n\ndata: ${frame(at)}\n\n`),
  repeat(
    "data in four lines",
    1_000,
    (at) => `data: {"kind":"a",\ndata: "at":${at},\ndata: "b":[1,2,3]\ndata: }\n\n`,
  ),
  repeat("1 KiB each", 1_000, (at) => `data: ${frame(at, { text: "x".repeat(1_000) })}\n\n`),
  repeat("32 KiB each", 60, (at) => `data: ${frame(at, { text: "x".repeat(32_000) })}\n\n`),
  repeat(
    "text beyond ASCII",
    1_000,
    (at) => `data: ${frame(at, { text: "Schlüssel 鍵 🔑 ".repeat(8) })}\n\n`,
  ),
  repeat("pieces of 64 bytes", 500, (at) => `id: ${at}\ndata: ${frame(at)}\n\n`, 64),
];

/** One event whose line comes in pieces of 16 bytes. */
export function drip(length: number): Stream {
  const text = `data: ${frame(0, { text: "x".repeat(length) })}\n\n`;
  return { name: `one line of ${length} bytes`, chunks: cut(text, 16), events: 1 };
}
