import { once } from "node:events";
import { connect } from "node:net";

/** What came back over one connection, and how many answers were in it. */
export type Raw = {
  readonly text: string;
  /** Each answer's status, in order. Empty where the connection was closed without one. */
  readonly statuses: readonly number[];
};

/** Sends bytes as they are, and reads until the other side ends. What it waits for in vain it gets no more of. */
export async function sendRaw(url: string, bytes: string): Promise<Raw> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  socket.setEncoding("latin1");
  let text = "";
  socket.on("data", (chunk: string) => {
    text += chunk;
  });
  socket.on("error", () => {});
  const closed = once(socket, "close");
  // Not ended: a server takes that for a client that has gone.
  socket.write(bytes, "latin1");
  socket.setTimeout(20_000, () => socket.end());
  await closed;
  return { text, statuses: [...text.matchAll(/^HTTP\/1\.1 (\d{3}) /gm)].map(([, status]) => Number(status)) };
}

/** A request as lines. Without `content-length` among them it has none. */
export function rawRequest(start: string, headers: readonly string[], body = ""): string {
  return [start, ...headers, "", body].join("\r\n");
}
