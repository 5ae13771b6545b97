// What a stream means by the algorithm of the HTML standard (section 9.2.6), written down by hand, one line each.

/** What comes of a stream: the frames' kinds, unless whole frames are worth a look. */
export type Expected = {
  readonly frames?: readonly (string | object)[];
  /** The id from which the stream would be taken up again. */
  readonly id?: string;
  readonly retryMs?: number;
  /** A frame that is none, after those before it. */
  readonly malformed?: true;
};

export type SseVector = readonly [title: string, stream: string | Uint8Array, expected: Expected];

const a = '{"kind":"a"}';
const b = '{"kind":"b"}';
const eventA = `data: ${a}\n\n`;
const eventB = `data: ${b}\n\n`;
const one: Expected = { frames: ["a"] };
const two: Expected = { frames: ["a", "b"] };
const none: Expected = {};
const malformed: Expected = { malformed: true };
const onlyB: Expected = { frames: ["b"] };

/** Text with bytes in it that are no UTF-8: `\xNN` of the text's characters up to 255. */
const bytes = (latin1: string): Uint8Array => Uint8Array.from(latin1, (each) => each.charCodeAt(0));

const dataLines: readonly SseVector[] = [
  ["one line", eventA, one],
  ["no space after the colon", `data:${a}\n\n`, one],
  ["two spaces after the colon", `data:  ${a}\n\n`, one],
  ["a tab after the colon", `data:\t${a}\n\n`, one],
  ["a no-break space after the colon belongs to the data", `data:\u00a0${a}\n\n`, malformed],
  ["spaces at the end", `data: ${a}   \n\n`, one],
  ["colons in the value", 'data: {"kind":"a:b::c"}\n\n', { frames: ["a:b::c"] }],
  ["a field within the value", 'data: {"kind":"data: x"}\n\n', { frames: ["data: x"] }],
  ["two lines", 'data: {"kind":\ndata: "a"}\n\n', one],
  ["three lines, one of them empty", 'data: {"kind":\ndata:\ndata: "a"}\n\n', one],
  ["three lines, one without a colon", 'data: {"kind":\ndata\ndata: "a"}\n\n', one],
  ["a line for each token", 'data: {\ndata: "kind"\ndata: :\ndata: "a"\ndata: }\n\n', one],
  ["only one space goes from each line", 'data: {"kind":\ndata:   "a"}\n\n', one],
  [
    "lines are joined by a line feed, which no JSON string holds",
    'data: {"kind":"a\ndata: b"}\n\n',
    malformed,
  ],
  ["an empty first line", `data:\ndata: ${a}\n\n`, one],
  ["an empty last line", `data: ${a}\ndata:\n\n`, one],
  ["a field without a colon, alone", "data\n\n", malformed],
  ["an empty field, alone", "data:\n\n", malformed],
  ["a space, alone", "data: \n\n", malformed],
  ["two empty lines of data", "data\ndata\n\n", malformed],
  ["a comment between two lines", 'data: {"kind":\n: data: x\ndata: "a"}\n\n', one],
  ["an event name between two lines", 'data: {"kind":\nevent: x\ndata: "a"}\n\n', one],
  ["an unknown field between two lines", 'data: {"kind":\nfoo: x\ndata: "a"}\n\n', one],
  ["an id between two lines", 'data: {"kind":\nid: 3\ndata: "a"}\n\n', { ...one, id: "3" }],
  ["a retry between two lines", 'data: {"kind":\nretry: 700\ndata: "a"}\n\n', { ...one, retryMs: 700 }],
  ["twice on one line", `data: data: ${a}\n\n`, malformed],
  ["two objects in two lines", `data: ${a}\ndata: ${b}\n\n`, malformed],
];

const fieldNames: readonly SseVector[] = [
  ["Data", `Data: ${a}\n\n${eventB}`, onlyB],
  ["DATA", `DATA: ${a}\n\n${eventB}`, onlyB],
  ["a space before the name", ` data: ${a}\n\n${eventB}`, onlyB],
  ["a tab before the name", `\tdata: ${a}\n\n${eventB}`, onlyB],
  ["a space before the colon", `data : ${a}\n\n${eventB}`, onlyB],
  ["dat", `dat: ${a}\n\n${eventB}`, onlyB],
  ["dataa", `dataa: ${a}\n\n${eventB}`, onlyB],
  ["d", `d\n\n${eventB}`, onlyB],
  ["xdata", `xdata: ${a}\n\n${eventB}`, onlyB],
  ["data with an equals sign", `data=${a}\n\n${eventB}`, onlyB],
  ["a name of other letters", `dаta: ${a}\n\n${eventB}`, onlyB],
  ["a field of octane's own", `x-octane: 1\n${eventA}`, one],
  ["a name without a value", `nothing\n${eventA}`, one],
  ["JSON without a field", `${a}\n\n${eventB}`, onlyB],
  ["an HTML page", "<!doctype html>\n<html>\n\n</html>\n\n", none],
  ["an emoji", `😀: x\n${eventA}`, one],
  ["NUL as a name", `\0: x\n${eventA}`, one],
  ["NUL before data", `\0data: ${b}\n${eventA}`, one],
  ["HTTP's own lines", `HTTP/1.1 200 OK\ncontent-type: x\n\n${eventA}`, one],
];

const merged = (blank: string, before: string): boolean => before === "\r" && blank === "\n";
const terminators = ["\n", "\r\n", "\r"] as const;
const spell = (text: string): string => text.replaceAll("\r", "CR").replaceAll("\n", "LF");

/** After the first event comes a second one, so that what one blank line too few or too many does can be seen. */
const lineEnds: readonly SseVector[] = [
  ...terminators.flatMap((first) =>
    terminators.flatMap((second) =>
      terminators.map((blank): SseVector => {
        const title = `${spell(first)} after an id, ${spell(second)} after data, ${spell(blank)} after nothing`;
        // CR and LF of two lines become the end of one: the event goes on.
        const expected = merged(blank, second) ? malformed : { frames: ["a", "b"], id: "1" };
        return [title, `id: 1${first}data: ${a}${second}${blank}${eventB}`, expected];
      }),
    ),
  ),
  ["CRLF everywhere", `${eventA}${eventB}`.replaceAll("\n", "\r\n"), two],
  ["CR everywhere", `${eventA}${eventB}`.replaceAll("\n", "\r"), two],
  ["LF and CR are two ends", `data: ${a}\n\r${eventB}`, two],
  ["CR, CR and LF are two ends", `data: ${a}\r\r\n${eventB}`, two],
  ["CRLF and CR are two ends", `data: ${a}\r\n\r${eventB}`, two],
  ["LF and CRLF are two ends", `data: ${a}\n\r\n${eventB}`, two],
  ["CR within two lines of data", 'data: {"kind":\rdata: "a"}\r\r', one],
  ["blank lines before", `\n\n\r\n\r\r${eventA}`, one],
  ["blank lines after", `${eventA}\n\r\n\r\r\n${eventB}`, two],
  ["a vertical tab ends no line", `: \vdata: ${a}\n${eventB}`, onlyB],
  ["a form feed ends no line", `: \fdata: ${a}\n${eventB}`, onlyB],
  ["U+0085 ends no line", `: \u0085data: ${a}\n${eventB}`, onlyB],
  ["U+2028 ends no line", 'data: {"kind":"\u2028"}\n\n', { frames: ["\u2028"] }],
  ["U+2029 ends no line", 'data: {"kind":"\u2029data: x"}\n\n', { frames: ["\u2029data: x"] }],
  ["the letters of an escaped line feed", 'data: {"kind":"a\\ndata"}\n\n', { frames: ["a\ndata"] }],
];

const ends: readonly SseVector[] = [
  ["nothing", "", none],
  ["a line feed", "\n", none],
  ["a carriage return", "\r", none],
  ["data without a line end", `data: ${a}`, none],
  ["data without its blank line", `data: ${a}\n`, none],
  ["data without its blank line, CR", `data: ${a}\r`, none],
  ["data without its blank line, CRLF", `data: ${a}\r\n`, none],
  ["CR and CR at the very end", `data: ${a}\r\r`, one],
  ["CRLF and CR at the very end", `data: ${a}\r\n\r`, one],
  ["LF and CR at the very end", `data: ${a}\n\r`, one],
  ["CRLF and CRLF at the very end", `data: ${a}\r\n\r\n`, one],
  ["CR and CR, then half a line", `data: ${a}\r\rdat`, one],
  ["CR and CR, then half a comment", `data: ${a}\r\r: `, one],
  ["CRLF and CR, then half a line", `data: ${a}\r\n\rdat`, one],
  ["half a field's name after an event", `${eventA}dat`, one],
  ["half an object after an event", `${eventA}data: {"ki`, one],
  ["an unfinished event after an event", `${eventA}data: ${b}\n`, one],
  ["an unfinished event that would be none", `${eventA}data: x\n`, one],
  ["an id of an unfinished event", `id: 1\n${eventA}id: 2\ndata: ${b}\n`, { ...one, id: "1" }],
  ["a retry of an unfinished event", `${eventA}retry: 900\ndata: ${b}\n`, { ...one, retryMs: 900 }],
  ["a retry without a line end", `${eventA}retry: 900`, one],
  ["a retry that ends in CR", `${eventA}retry: 900\r`, { ...one, retryMs: 900 }],
  ["half a character at the end", bytes(`${eventA}data: \xe2\x82`), one],
  ["half a character after CR", bytes(`data: ${a}\r\r\xf0\x9f`), one],
];

const comments: readonly SseVector[] = [
  ["a colon", `:\n${eventA}`, one],
  ["words", `: keep-alive\n\n${eventA}`, one],
  ["no space", `:keep-alive\n${eventA}`, one],
  ["an event's text", `:data: ${b}\n\n${eventA}`, one],
  ["nothing else", ": keep-alive\n\n: keep-alive\n\n", none],
  ["between events", `${eventA}: x\n${eventB}`, two],
  ["within an event", `: x\ndata: ${a}\n: y\n\n`, one],
  ["of three-byte characters", `: 鍵の署名\n${eventA}`, one],
  ["of bytes that are no text", bytes(`: \xff\xfe\xc0\x80\n${eventA}`), one],
  ["two colons", `::\n${eventA}`, one],
  ["a retry", `: retry: 900\n${eventA}`, one],
  ["an id", `: id: 9\n${eventA}`, one],
  ["unfinished", `${eventA}: x`, one],
  ["a space before it makes it a field", ` : x\n${eventA}`, one],
  ["between CRs", `:\r:\r:\r${eventA}`, one],
];

const marks: readonly SseVector[] = [
  ["at the start", `\ufeff${eventA}`, one],
  ["alone", "\ufeff", none],
  ["before a blank line", `\ufeff\n${eventA}`, one],
  ["before a comment", `\ufeff: x\n${eventA}`, one],
  ["before CR", `\ufeff\r\r${eventA}`, one],
  ["two: the second belongs to the field's name", `\ufeff\ufeffdata: ${a}\n\n${eventB}`, onlyB],
  ["before a later event belongs to the field's name", `${eventA}\ufeffdata: ${b}\n\n`, one],
  ["after a blank line belongs to the field's name", `\n\ufeffdata: ${a}\n\n${eventB}`, onlyB],
  ["within a value", 'data: {"kind":"\ufeff"}\n\n', { frames: ["\ufeff"] }],
  ["before JSON", `data: \ufeff${a}\n\n`, malformed],
  ["two of its three bytes", bytes(`\xef\xbbdata: ${a}\n\n${eventB}`), onlyB],
  ["its bytes as characters of their own", `\u00ef\u00bb\u00bfdata: ${a}\n\n${eventB}`, onlyB],
  ["of UTF-16", bytes(`\xfe\xffdata: ${a}\n\n${eventB}`), onlyB],
];

const ids: readonly SseVector[] = [
  ["before data", `id: 1\n${eventA}`, { ...one, id: "1" }],
  ["after data", `data: ${a}\nid: 1\n\n`, { ...one, id: "1" }],
  ["no space after the colon", `id:1\n${eventA}`, { ...one, id: "1" }],
  ["colons in it", `id: a:b:c\n${eventA}`, { ...one, id: "a:b:c" }],
  ["two in one event", `id: 1\nid: 2\n${eventA}`, { ...one, id: "2" }],
  ["one for each event", `id: 1\n${eventA}id: 2\n${eventB}`, { ...two, id: "2" }],
  ["stays for an event without one", `id: 1\n${eventA}${eventB}`, { ...two, id: "1" }],
  ["without data it is no frame's", `id: 1\n${eventA}id: 2\n\n`, { ...one, id: "1" }],
  ["without data, before any", "id: 1\n\n", none],
  ["NUL at its end", `id: 1\0\n${eventA}`, one],
  ["NUL within", `id: 1\0${"2"}\n${eventA}`, one],
  ["NUL alone", `id: \0\n${eventA}`, one],
  ["NUL leaves the one before", `id: 1\nid: \0\n${eventA}`, { ...one, id: "1" }],
  ["NUL in a later event leaves the one before", `id: 1\n${eventA}id: 2\0\n${eventB}`, { ...two, id: "1" }],
  ["ID", `ID: 1\n${eventA}`, one],
  ["ids", `ids: 1\n${eventA}`, one],
  ["i", `i: 1\n${eventA}`, one],
  ["a space more goes into no header", `id:  1\n${eventA}`, one],
  ["a space within goes into no header", `id: 1 2\n${eventA}`, one],
  ["a tab goes into no header", `id: 1\t\n${eventA}`, one],
  ["letters beyond ASCII go into no header", `id: é\n${eventA}`, one],
  ["beyond ASCII leaves the one before", `id: 1\n${eventA}id: 鍵\n${eventB}`, { ...two, id: "1" }],
  [
    "all the signs of ASCII",
    `id: !"#$%&'()*+,-./:;<=>?@[\\]^_\`{|}~\n${eventA}`,
    {
      ...one,
      id: "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~",
    },
  ],
  ["zeros in front", `id: 007\n${eventA}`, { ...one, id: "007" }],
];

const retries: readonly SseVector[] = [
  ["a second", `retry: 1000\n${eventA}`, { ...one, retryMs: 1000 }],
  ["no space after the colon", `retry:1000\n${eventA}`, { ...one, retryMs: 1000 }],
  ["without an event", "retry: 1000\n\n", { retryMs: 1000 }],
  ["on its own line, unfinished event", "retry: 1000\n", { retryMs: 1000 }],
  ["zero", "retry: 0\n\n", { retryMs: 250 }],
  ["249", "retry: 249\n\n", { retryMs: 250 }],
  ["251", "retry: 251\n\n", { retryMs: 251 }],
  ["a minute", "retry: 60000\n\n", { retryMs: 60_000 }],
  ["a minute and a bit", "retry: 60001\n\n", { retryMs: 60_000 }],
  ["a year", "retry: 31536000000\n\n", { retryMs: 60_000 }],
  ["more digits than a number holds", `retry: ${"9".repeat(40)}\n\n`, { retryMs: 60_000 }],
  ["zeros in front", "retry: 00001000\n\n", { retryMs: 1000 }],
  ["the last of two", "retry: 500\nretry: 700\n\n", { retryMs: 700 }],
  ["a wrong one leaves the one before", "retry: 500\nretry: x\n\n", { retryMs: 500 }],
  ...[
    "",
    "-1",
    "+5",
    "1.5",
    "1e3",
    "0x10",
    "1 000",
    "1_000",
    " 500",
    "500 ",
    "٣٠٠",
    "５００",
    "soon",
    "\0",
  ].map((value): SseVector => [`no digits: ${JSON.stringify(value)}`, `retry: ${value}\n${eventA}`, one]),
  ["without a colon", `retry\n${eventA}`, one],
  ["Retry", `Retry: 500\n${eventA}`, one],
];

const names: readonly SseVector[] = [
  ["the kind", `event: a\n${eventA}`, one],
  ["another than the kind", `event: b\n${eventA}`, one],
  ["empty", `event:\n${eventA}`, one],
  ["without a colon", `event\n${eventA}`, one],
  ["two of them", `event: x\nevent: y\n${eventA}`, one],
  ["without data", `event: x\n\n${eventA}`, one],
  ["the name of a browser's own event", `event: error\n${eventA}`, one],
];

const text: readonly SseVector[] = [
  ["two bytes", 'data: {"kind":"é"}\n\n', { frames: ["é"] }],
  ["three bytes", 'data: {"kind":"署名"}\n\n', { frames: ["署名"] }],
  ["four bytes", 'data: {"kind":"😀🗝"}\n\n', { frames: ["😀🗝"] }],
  ["joined by a zero-width joiner", 'data: {"kind":"👩‍🚀"}\n\n', { frames: ["👩‍🚀"] }],
  ["combining marks stay apart", 'data: {"kind":"e\u0301"}\n\n', { frames: ["e\u0301"] }],
  ["the last code point", 'data: {"kind":"\u{10ffff}"}\n\n', { frames: ["\u{10ffff}"] }],
  ["a byte that begins nothing", bytes('data: {"kind":"\xff"}\n\n'), { frames: ["\ufffd"] }],
  ["a byte that goes on with nothing", bytes('data: {"kind":"\x80"}\n\n'), { frames: ["\ufffd"] }],
  ["a slash in two bytes", bytes('data: {"kind":"\xc0\xaf"}\n\n'), { frames: ["\ufffd\ufffd"] }],
  [
    "half of a surrogate pair",
    bytes('data: {"kind":"\xed\xa0\x80"}\n\n'),
    { frames: ["\ufffd\ufffd\ufffd"] },
  ],
  [
    "beyond the last code point",
    bytes('data: {"kind":"\xf4\x90\x80\x80"}\n\n'),
    {
      frames: ["\ufffd".repeat(4)],
    },
  ],
  ["two of three bytes, then a quote", bytes('data: {"kind":"\xe2\x82"}\n\n'), { frames: ["\ufffd"] }],
  ["three of four bytes, then a line end", bytes(`: \xf0\x9f\x98\n${eventA}`), one],
  ["escaped halves of a pair", 'data: {"kind":"\\ud83d\\ude00"}\n\n', { frames: ["😀"] }],
  ["a tab within a JSON string", 'data: {"kind":"\t"}\n\n', malformed],
  ["NUL within a JSON string", 'data: {"kind":"\0"}\n\n', malformed],
];

const frameShapes: readonly SseVector[] = [
  [
    "other fields stay",
    'data: {"kind":"a","n":1,"deep":{"x":[1,null]}}\n\n',
    {
      frames: [{ kind: "a", n: 1, deep: { x: [1, null] } }],
    },
  ],
  ["an empty kind", 'data: {"kind":""}\n\n', { frames: [""] }],
  ["a field twice: the last", 'data: {"kind":"x","kind":"a"}\n\n', one],
  ["white space around", `data: \t ${a} \t\n\n`, one],
  ["a number", "data: 7\n\n", malformed],
  ["a string", 'data: "kind"\n\n', malformed],
  ["true", "data: true\n\n", malformed],
  ["null", "data: null\n\n", malformed],
  ["an array", `data: [${a}]\n\n`, malformed],
  ["an object without a kind", "data: {}\n\n", malformed],
  ["a kind that is null", 'data: {"kind":null}\n\n', malformed],
  ["a kind that is a number", 'data: {"kind":1}\n\n', malformed],
  ["Kind", 'data: {"Kind":"a"}\n\n', malformed],
  ["a kind that is only inherited", 'data: {"__proto__":{"kind":"a"}}\n\n', malformed],
  ["a comma too much", 'data: {"kind":"a",}\n\n', malformed],
  ["single quotes", "data: {'kind':'a'}\n\n", malformed],
  ["a comment in JSON", `data: ${a}//\n\n`, malformed],
  ["words", "data: [DONE]\n\n", malformed],
];

const sequences: readonly SseVector[] = [
  ["two events", eventA + eventB, two],
  ["ten events", eventA.repeat(10), { frames: Array.from({ length: 10 }, () => "a") }],
  ["one that is none, alone", "data: x\n\n", malformed],
  ["one that is none, then a good one", `data: x\n\n${eventA}`, malformed],
  ["a good one, then one that is none", `${eventA}data: x\n\n`, { ...one, malformed: true }],
  [
    "two good ones, then two that are none",
    `${eventA}${eventB}data: x\n\ndata: y\n\n`,
    {
      ...two,
      malformed: true,
    },
  ],
  [
    "the id of one that is none counts for nothing",
    `id: 1\n${eventA}id: 2\ndata: x\n\n`,
    {
      ...one,
      id: "1",
      malformed: true,
    },
  ],
  [
    "a whole conversation",
    `: hi\n\nretry: 500\n\nid: 1\nevent: a\n${eventA}: x\n\nid: 2\nevent: b\n${eventB}`,
    {
      ...two,
      id: "2",
      retryMs: 500,
    },
  ],
];

const groups = {
  "data lines": dataLines,
  "names of fields": fieldNames,
  "line ends": lineEnds,
  "ends of streams": ends,
  comments,
  "byte order marks": marks,
  ids,
  retry: retries,
  "names of events": names,
  text,
  "shapes of frames": frameShapes,
  sequences,
};

export const sseVectors: readonly SseVector[] = Object.entries(groups).flatMap(([group, vectors]) =>
  vectors.map(([title, ...rest]): SseVector => [`${group}: ${title}`, ...rest]),
);
