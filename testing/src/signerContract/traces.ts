import { inspect } from "node:util";
import { causesOf } from "./causes.js";
import { apiKey, serviceProviderSeed } from "./keys.js";

/** The secrets in each form in which they may come to light; a part of them is enough. */
const forms: Readonly<Record<string, string>> = {
  "the API key": apiKey,
  "the API key in base64": Buffer.from(apiKey).toString("base64").slice(0, 16),
  "the seed in base64url": Buffer.from(serviceProviderSeed).toString("base64url").slice(0, 16),
  "the seed in base64": Buffer.from(serviceProviderSeed).toString("base64").slice(0, 16),
  "the seed in hexadecimal": Buffer.from(serviceProviderSeed).toString("hex").slice(0, 16),
  "the seed as numbers": serviceProviderSeed.slice(0, 8).join(","),
};

/** Which secrets can be seen in a value: printed, logged, inspected, serialised, or along its causes. */
export function tracesIn(value: unknown): readonly string[] {
  const text = causesOf(value).flatMap(textsOf).join("\n");
  const dense = text.replace(/\s|"\d+":/g, "");
  return Object.entries(forms)
    .filter(([, form]) => text.includes(form) || dense.includes(form))
    .map(([name]) => name);
}

function textsOf(value: unknown): readonly string[] {
  const { stack, message } = value as Partial<Error>;
  return [
    String(value),
    String(stack),
    String(message),
    json(value),
    json(Object.getOwnPropertyDescriptors(value)),
    inspect(value, { depth: null, maxArrayLength: null, maxStringLength: null, showHidden: true }),
  ];
}

function json(value: unknown): string {
  const seen = new Set<unknown>();
  return (
    JSON.stringify(value, (_, each: unknown) => {
      if (typeof each === "bigint") return String(each);
      if (typeof each !== "object" || each === null) return each;
      if (seen.has(each)) return undefined;
      seen.add(each);
      return each;
    }) ?? ""
  );
}
