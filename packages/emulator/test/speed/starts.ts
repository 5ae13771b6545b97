import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** What a process took, in milliseconds, from its start until it had its first answer. */
export type Start = { readonly wall: number; readonly cpu: number };

/** Starts of three kinds of process: by `emulator.fetch`, over a port, and Node that does nothing. */
export type Starts = {
  readonly inProcess: readonly Start[];
  readonly overPort: readonly Start[];
  readonly alone: readonly Start[];
};

const session = `
  const url = (origin) => origin + "/sp/pair/sessions";
  const init = (sp) => ({
    method: "POST",
    headers: { authorization: "Bearer " + sp.apiKey, "content-type": "application/json" },
    body: JSON.stringify({ sp_user_ref: "ada", requested_scopes: [{ chain: "base", access: "sign" }] }),
  });
  const expect201 = (status) => { if (status !== 201) throw new Error(String(status)); };`;

const inProcess = (index: string): string => `${session}
  const { createEmulator } = await import(${JSON.stringify(index)});
  const { fetch, sp } = createEmulator();
  expect201((await fetch(url("https://octane.test"), init(sp))).status);`;

const overPort = (index: string, node: string): string => `${session}
  const [{ createEmulator }, { listen }, { request }] =
    await Promise.all([import(${JSON.stringify(index)}), import(${JSON.stringify(node)}), import("node:http")]);
  const emulator = createEmulator();
  const server = await listen(emulator, { port: 0 });
  const { body, ...options } = init(emulator.sp);
  const { statusCode } = await new Promise((resolve, reject) =>
    request(url(server.url), options, resolve).on("error", reject).end(body));
  expect201(statusCode);`;

/**
 * Starts so many processes of each kind, in turns: what else the machine does meets all of them.
 *
 * @param entries Addresses of the built entries `.` and `./node`.
 */
export async function measureStarts(
  entries: { readonly index: string; readonly node: string },
  processes: number,
): Promise<Starts> {
  const starts = { inProcess: [] as Start[], overPort: [] as Start[], alone: [] as Start[] };
  for (let at = 0; at < processes; at += 1) {
    starts.inProcess.push(await startOf(inProcess(entries.index)));
    starts.overPort.push(await startOf(overPort(entries.index, entries.node)));
    starts.alone.push(await startOf(""));
  }
  return starts;
}

/** The middle one. */
export function median(starts: readonly Start[], of: keyof Start): number {
  return starts.map((each) => each[of]).sort((a, b) => a - b)[starts.length >> 1] ?? Number.NaN;
}

async function startOf(code: string): Promise<Start> {
  const measured = `${code}
    const { user, system } = process.cpuUsage();
    process.stdout.write(JSON.stringify({ wall: performance.now(), cpu: (user + system) / 1000 }), () => process.exit());`;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", measured]);
  return JSON.parse(stdout) as Start;
}
