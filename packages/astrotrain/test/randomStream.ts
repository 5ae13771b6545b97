type Random = () => number;

const below = (random: Random, end: number): number => Math.floor(random() * end);
const oneOf = <T>(random: Random, list: readonly T[]): T => list[below(random, list.length)] as T;
const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);

const lineEnds = ["\n", "\n", "\r\n", "\r"] as const;
const values = [
  "",
  " ",
  "x",
  "1",
  " 7",
  "007",
  "3000",
  "12:30",
  "a b",
  "\0",
  "é",
  "鍵",
  "😀",
  "\u2028",
  "\ufeff",
  "\v",
] as const;
const fields = [
  "id",
  "id",
  "retry",
  "event",
  "event",
  "",
  "",
  "data ",
  "Data",
  "foo",
  "\ufeffdata",
  "😀",
] as const;
const noFrames = ["", "x", "{}", "[1]", "null", '{"kind":7}', '{"kind":"a"', '{"kind":"a"}}'] as const;

/** Most of a stream's events are frames: the first that is none ends it, and nothing after that is looked at. */
const shareOfBadEvents = 0.02;

/** The bytes of a stream as no octane would send it: every field, line end and character there is, in any order. */
export function randomStream(random: Random): Uint8Array {
  const large = random() < 0.01;
  const events = times(below(random, large ? 120 : 8), () => randomEvent(random, large));
  const mark = random() < 0.1 ? "\ufeff" : "";
  const bytes = new TextEncoder().encode(mark + events.join(""));
  // Cut off anywhere, as connections are.
  const whole = random() < 0.7 ? bytes : bytes.slice(0, below(random, bytes.length + 1));
  return random() < 0.2 ? spoil(random, whole) : whole;
}

function randomEvent(random: Random, large: boolean): string {
  const end = oneOf(random, lineEnds);
  const lineEnd = (): string => (random() < 0.1 ? oneOf(random, lineEnds) : end);
  const before = times(below(random, 3), () => randomLine(random));
  const after = times(below(random, 2), () => randomLine(random));
  const data = random() < 0.2 ? [] : dataLines(random, large);
  const lines = [...before, ...data, ...after].map((line) => line + lineEnd());
  return lines.join("") + (random() < 0.95 ? lineEnd() : "");
}

function randomLine(random: Random): string {
  const colon = oneOf(random, [":", ": ", ": ", ":  ", ""]);
  return oneOf(random, fields) + colon + oneOf(random, values);
}

/** A frame, on one line or cut between its tokens into several. */
function dataLines(random: Random, large: boolean): string[] {
  if (random() < shareOfBadEvents) return [`data: ${oneOf(random, noFrames)}`];
  const value = JSON.stringify(oneOf(random, values));
  const filler = `"${oneOf(random, ["x", "é", "鍵", "😀"]).repeat(below(random, large ? 400 : 12))}"`;
  const tokens = ["{", '"kind"', ":", value, ",", '"filler"', ":", filler, "}"];
  const lines = [""];
  for (const token of tokens) {
    if (random() < 0.05) lines.push("");
    lines[lines.length - 1] += token;
  }
  return lines.map((line) => `data:${oneOf(random, [" ", " ", ""])}${line}`);
}

/** A few bytes changed, so that characters break too. */
function spoil(random: Random, bytes: Uint8Array): Uint8Array {
  const spoilt = bytes.slice();
  if (spoilt.length > 0)
    for (const byte of times(1 + below(random, 3), () => below(random, 256)))
      spoilt[below(random, spoilt.length)] = byte;
  return spoilt;
}

/** Where a stream is cut: nowhere, everywhere, now and then, or the same place twice, which makes an empty piece. */
export function randomPlaces(random: Random, length: number): number[] {
  const count = oneOf(random, [0, 1, 2, 5, Math.min(length, 40)]);
  return times(count, () => below(random, length + 1)).sort((one, other) => one - other);
}
