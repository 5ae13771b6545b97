import { sourceOf } from "./sourceOf.js";

/** What V8's profiler says of a function; one that is built in has no URL. Lines count from 0. */
type Frame = { readonly functionName: string; readonly url: string; readonly lineNumber: number };

/** Which part of which package a function belongs to; `undefined` for the time in which nothing runs. */
export function placeOf({ functionName, url, lineNumber }: Frame): string | undefined {
  if (functionName === "(idle)") return undefined;
  if (functionName === "(garbage collector)") return "garbage collection";
  if (url.startsWith("node:internal/deps/undici")) return "Node: fetch";
  if (/^node:internal\/(webstreams|abort_controller|event_target)/.test(url))
    return "Node: streams and signals of the web";
  if (url.startsWith("node:")) return "Node: the rest";
  const [, own] = /\/packages\/([^/]+)\/dist\//.exec(url) ?? [];
  if (own !== undefined) {
    const [, folder] = /^src\/([^/]+)\//.exec(sourceOf(url, lineNumber) ?? "") ?? [];
    return folder === undefined ? `@sigil/${own}` : `@sigil/${own}: ${folder}`;
  }
  // The last one: pnpm keeps packages in folders of its own below node_modules.
  const [, name] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url) ?? [];
  if (name !== undefined) return name;
  return url === "" ? "native code" : "the benchmark";
}
