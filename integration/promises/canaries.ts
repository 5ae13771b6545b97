import { Console } from "node:console";
import { Writable } from "node:stream";
import { format, inspect } from "node:util";
import { serialize } from "node:v8";
import { apiKey, seed } from "./calls.js";

/** The secrets in each form in which one may come to light; the beginning of one is enough. */
const forms: readonly string[] = [
  apiKey,
  Buffer.from(apiKey).toString("base64").slice(0, 16),
  Buffer.from(apiKey).toString("hex").slice(0, 16),
  Buffer.from(seed).toString("base64url").slice(0, 16),
  Buffer.from(seed).toString("base64").slice(0, 16),
  Buffer.from(seed).toString("hex").slice(0, 16),
  Buffer.from(seed).toString("hex").toUpperCase().slice(0, 16),
  Buffer.from(seed).toString("latin1").slice(0, 8),
  seed.slice(0, 8).join(","),
];

/** Whether a secret can be read in a text, even where line breaks or indices stand between its bytes. */
export function showsSecret(text: string): boolean {
  const dense = text.replace(/\s|['"]?\b\d+['"]?:/g, "");
  return forms.some((form) => text.includes(form) || dense.includes(form));
}

const whole = { depth: null, maxArrayLength: null, maxStringLength: null, showHidden: true } as const;

/** As the inspector of a debugger shows it. */
export const inspected = (value: unknown): string => inspect(value, whole);

export function json(value: unknown): string {
  const seen = new Set<unknown>();
  const once = (_: string, each: unknown): unknown => {
    if (typeof each === "bigint") return String(each);
    if (typeof each !== "object" || each === null) return each;
    if (seen.has(each)) return "[seen]";
    seen.add(each);
    return each;
  };
  return attempt(() => JSON.stringify(value, once));
}

/** A way that fails is one as well: its failure may be logged in turn. */
export function attempt(way: () => unknown): string {
  try {
    return String(way());
  } catch (error) {
    return inspected(error);
  }
}

/** What a console prints, into a text. */
export function printed(print: (console: Console) => void): string {
  let text = "";
  const stream = new Writable({
    write: (chunk, _, done) => {
      text += String(chunk);
      done();
    },
  });
  print(new Console(stream));
  return text;
}

function causesOf(error: unknown): readonly unknown[] {
  const causes = new Set<unknown>();
  for (let each = error; typeof each === "object" && each !== null && !causes.has(each); ) {
    causes.add(each);
    each = (each as { cause?: unknown }).cause;
  }
  return [...causes];
}

type Loggable = Error & Readonly<Record<string, unknown>>;

/** The three common loggers by what they make of an error: pino with its standard serializer, winston, bunyan. */
const loggers = {
  pino: (error: Loggable) => {
    const stack = causesOf(error).map((each) => (each as Error).stack);
    const message = causesOf(error).map((each) => (each as Error).message);
    const fields: Record<string, unknown> = {};
    for (const key in error) fields[key] = error[key];
    return json({ level: 50, err: { type: error.constructor.name, message, stack, ...fields } });
  },
  winston: (error: Loggable) =>
    json({ ...error, level: "error", message: error.message, stack: error.stack }),
  bunyan: (error: Loggable) => {
    const stack = causesOf(error)
      .map((each) => (each as Error).stack)
      .join("\nCaused by: ");
    return json({ err: { message: error.message, name: error.name, stack, code: error.code } });
  },
};

/** All the ways in which an error finds its way into a log, a crash report or another process. */
export const errorWays: Readonly<Record<string, (error: Error) => string>> = {
  String: (error) => String(error),
  stack: (error) => String(error.stack),
  JSON: (error) => json(error),
  "JSON of a spread": (error) => json({ ...error }),
  "JSON of its descriptors": (error) => json(Object.getOwnPropertyDescriptors(error)),
  inspect: inspected,
  "inspect as configured": (error) => inspect(error),
  "%o": (error) => format("%o", error),
  "%O %j %s": (error) => attempt(() => format("%O %j %s", error, error, error)),
  structuredClone: (error) => attempt(() => inspected(structuredClone(error))),
  "v8.serialize": (error) => attempt(() => serialize(error).toString("latin1")),
  "cause chain": (error) =>
    causesOf(error)
      .map((each) => `${each} ${(each as Error).stack} ${json(each)}`)
      .join("\n"),
  "each cause, inspected": (error) => causesOf(error).map(inspected).join("\n"),
  "console.error": (error) => printed((console) => console.error("failed", error)),
  "console.dir": (error) => printed((console) => console.dir(error, whole)),
  "console.table": (error) => printed((console) => console.table(error)),
  pino: (error) => loggers.pino(error as Loggable),
  winston: (error) => loggers.winston(error as Loggable),
  bunyan: (error) => loggers.bunyan(error as Loggable),
};
