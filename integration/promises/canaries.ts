import { Console } from "node:console";
import { once } from "node:events";
import { PassThrough, Writable } from "node:stream";
import { format, inspect } from "node:util";
import { serialize } from "node:v8";
import { pino } from "pino";
import winston from "winston";
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

/** What pino writes of an error, by its standard serializer. */
function byPino(error: Error): string {
  let text = "";
  const write = (line: string): void => {
    text += line;
  };
  pino({ level: "trace" }, { write }).error(error, "failed");
  pino({ level: "trace" }, { write }).error({ err: error, more: { error } }, "failed");
  return text;
}

/** What winston writes of an error, with its stack and causes, in both of its common formats. */
async function byWinston(error: Error): Promise<string> {
  let text = "";
  const { combine, errors, json, simple } = winston.format;
  for (const form of [json(), simple()]) {
    const stream = new PassThrough();
    stream.on("data", (line) => {
      text += String(line);
    });
    const logger = winston.createLogger({
      format: combine(errors({ stack: true, cause: true }), form),
      transports: [new winston.transports.Stream({ stream })],
    });
    logger.error(error);
    logger.error("failed", { error });
    const written = once(logger, "finish");
    logger.end();
    await written;
  }
  return text;
}

type Loggable = Error & Readonly<Record<string, unknown>>;

/** bunyan by what its standard serializer makes of an error: it is not installed here. */
function asBunyan(error: Loggable): string {
  const stack = causesOf(error)
    .map((each) => (each as Error).stack)
    .join("\nCaused by: ");
  return json({ err: { message: error.message, name: error.name, stack, code: error.code } });
}

/** All the ways in which an error finds its way into a log, a crash report or another process. */
export const errorWays: Readonly<Record<string, (error: Error) => string | Promise<string>>> = {
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
  pino: byPino,
  winston: byWinston,
  "bunyan's serializer": (error) => asBunyan(error as Loggable),
};
