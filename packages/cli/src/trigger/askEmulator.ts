import { CliError } from "../errors/CliError.js";
import { isThisMachine } from "../isThisMachine.js";

/** How to reach the control API of an emulator. */
export type Control = {
  readonly octaneUrl: string;
  /** As `sigil dev` printed it. */
  readonly token: string;
  readonly fetch: typeof globalThis.fetch;
  readonly signal: AbortSignal | undefined;
};

/** How long the emulator may take, in milliseconds. */
const timeoutMs = 10_000;

/**
 * Asks the control API of an emulator on this machine, and gives its answer.
 *
 * @throws CliError `not_an_emulator` where another answers, or nobody; `trigger_failed` with the emulator's own sentence.
 */
export async function askEmulator(
  control: Control,
  method: string,
  path: string,
  body?: object,
): Promise<unknown> {
  const url = controlUrl(control.octaneUrl, path);
  const response = await send(control, url, method, body);
  if (!response.headers.has("x-sigil-emulator")) throw noEmulator("something else answers there");
  const text = await response.text();
  if (response.ok) return text === "" ? undefined : JSON.parse(text);
  const { error } = JSON.parse(text || "{}") as { error?: { message?: string } };
  const next =
    response.status === 401 || response.status === 403
      ? "Set SIGIL_CONTROL_TOKEN to what sigil dev printed at its last start."
      : "sigil trigger --help names the events, and what they need.";
  throw new CliError("trigger_failed", error?.message ?? `The emulator answered ${response.status}.`, next);
}

/** The token goes nowhere but to this machine. */
function controlUrl(octaneUrl: string, path: string): URL {
  const url = URL.canParse(octaneUrl) ? new URL(`/_emulator${path}`, octaneUrl) : undefined;
  if (url !== undefined && isThisMachine(url)) return url;
  throw noEmulator("SIGIL_OCTANE_URL is not of this machine");
}

async function send(
  { token, fetch, signal }: Control,
  url: URL,
  method: string,
  body?: object,
): Promise<Response> {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), timeoutMs);
  const leave = (): void => stop.abort(signal?.reason);
  signal?.addEventListener("abort", leave);
  const content = body === undefined ? {} : { body: JSON.stringify(body) };
  try {
    return await fetch(url, { method, headers, signal: stop.signal, redirect: "error", ...content });
  } catch {
    throw noEmulator("nothing answers there");
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", leave);
  }
}

const noEmulator = (why: string): CliError =>
  new CliError("not_an_emulator", `There is no emulator to control: ${why}.`, "Start one with sigil dev.");
