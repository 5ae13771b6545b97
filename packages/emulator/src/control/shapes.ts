/** What a body may hold. Each shape reads a value and describes it, so that the document says what the code does. */
import { badRequest } from "./ControlError.js";

/** A JSON Schema, as OpenAPI 3.1 takes it. */
export type Schema = Readonly<Record<string, unknown>>;

/** How a value is read, and its schema. `read` refuses with the name of the field. */
export type Shape<T> = { readonly schema: Schema; readonly read: (value: unknown, field: string) => T };

/** A field that may be left out. */
export type Optional<T> = Shape<T> & { readonly optional: true };

type Fields = Readonly<Record<string, Shape<unknown>>>;
type Value<Each> = Each extends Shape<infer T> ? T : never;
type OptionalNames<All extends Fields> = {
  [Name in keyof All]: All[Name] extends Optional<unknown> ? Name : never;
}[keyof All];

/** What is read of an object with these fields. */
type Read<All extends Fields> = {
  readonly [Name in Exclude<keyof All, OptionalNames<All>>]: Value<All[Name]>;
} & {
  readonly [Name in OptionalNames<All>]?: Value<All[Name]>;
};

/** Text that is not empty. */
export function text(description: string, example: string): Shape<string> {
  return {
    schema: { type: "string", minLength: 1, description, examples: [example] },
    read: (value, field) =>
      typeof value === "string" && value !== "" ? value : badRequest(`${field} must be a string, not empty.`),
  };
}

/** A number of milliseconds, 0 or more. */
export function milliseconds(description: string, example: number): Shape<number> {
  return {
    schema: { type: "number", minimum: 0, description, examples: [example] },
    read: (value, field) =>
      typeof value === "number" && Number.isFinite(value) && value >= 0
        ? value
        : badRequest(`${field} must be a number of milliseconds, 0 or more.`),
  };
}

/** A whole number from `least` to `most`. */
export function whole(least: number, most: number, description: string): Shape<number> {
  return {
    schema: { type: "integer", minimum: least, maximum: most, description, examples: [least] },
    read: (value, field) =>
      Number.isInteger(value) && Number(value) >= least && Number(value) <= most
        ? Number(value)
        : badRequest(`${field} must be a whole number from ${least} to ${most}.`),
  };
}

/** One of these words. */
export function oneOf<const Word extends string>(words: readonly Word[], description: string): Shape<Word> {
  return {
    schema: { type: "string", enum: words, description, examples: [words[0]] },
    read: (value, field) =>
      words.find((word) => word === value) ?? badRequest(`${field} must be one of ${words.join(", ")}.`),
  };
}

/** A list of up to 1,000 such values. */
export function list<T>(of: Shape<T>, description: string): Shape<readonly T[]> {
  return {
    schema: { type: "array", items: of.schema, maxItems: 1_000, description },
    read: (value, field) =>
      Array.isArray(value) && value.length <= 1_000
        ? value.map((each, index) => of.read(each, `${field}[${index}]`))
        : badRequest(`${field} must be a list of up to 1,000 entries.`),
  };
}

/** What the method it is handed to checks by itself. */
export function handedOn<T>(schema: Schema): Shape<T> {
  return { schema, read: (value) => value as T };
}

/** The same field, which may be left out. */
export function optional<T>(shape: Shape<T>): Optional<T> {
  return { ...shape, optional: true };
}

/** An object with these fields and no others: a misspelt one would be overlooked. */
export function object<const All extends Fields>(fields: All, example?: object): Shape<Read<All>> {
  const names = Object.keys(fields);
  const required = names.filter((name) => !("optional" in (fields[name] ?? {})));
  return {
    schema: {
      type: "object",
      properties: Object.fromEntries(names.map((name) => [name, fields[name]?.schema])),
      ...(required.length === 0 ? {} : { required }),
      additionalProperties: false,
      ...(example === undefined ? {} : { examples: [example] }),
    },
    read: (value, path) => readObject(fields, value, path) as Read<All>,
  };
}

function readObject(fields: Fields, value: unknown, path: string): Record<string, unknown> {
  const what = path === "" ? "The body" : path;
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return badRequest(`${what} must be a JSON object.`);
  }
  const prefix = path === "" ? "" : `${path}.`;
  const unknown = Object.keys(value).find((name) => !Object.hasOwn(fields, name));
  const known = Object.keys(fields).join(", ");
  if (unknown !== undefined) badRequest(`${prefix}${unknown} is no field here${known && `: use ${known}`}.`);
  const read: Record<string, unknown> = {};
  for (const [name, shape] of Object.entries(fields)) {
    const each = Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
    if (each !== undefined || !("optional" in shape)) read[name] = shape.read(each, prefix + name);
  }
  return read;
}
