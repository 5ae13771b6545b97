import type { Exchange } from "./Exchange.js";

/** Exchanges as text: what went there, what came back, and nothing of how long it took. */
export function transcriptOf(exchanges: readonly Exchange[]): string {
  return exchanges.map(entry).join("\n");
}

function entry({ id, at, method, url, request, response }: Exchange): string {
  const asked = [`#${id} ${at}`, `> ${method} ${url}`, ...part(">", request)];
  const answer = "status" in response ? [`< ${response.status}`, ...part("<", response)] : [];
  const ended = response.ended === undefined ? [] : [`! ${response.ended}`];
  return [...asked, ...answer, ...ended, ""].join("\n");
}

type Part = { readonly headers: Readonly<Record<string, string>>; readonly body: string };

function part(mark: string, { headers, body }: Part): string[] {
  const names = Object.keys(headers).sort();
  const lines = body === "" ? [] : body.split("\n");
  return [
    ...names.map((name) => `${mark} ${name}: ${headers[name]}`),
    ...lines.map((line) => `${mark}| ${line}`),
  ];
}
