import type { Server } from "node:net";

/** The sockets of a server that listens. */
export type ConnectionCount = {
  /** Open now, those that wait for another request included. */
  readonly open: number;
  /** Accepted since the server started. */
  readonly accepted: number;
};

/** Counts the sockets a server accepts, beginning now. */
export function countConnections(server: Server): () => ConnectionCount {
  let open = 0;
  let accepted = 0;
  server.on("connection", (socket) => {
    accepted += 1;
    open += 1;
    socket.once("close", () => {
      open -= 1;
    });
  });
  return () => ({ open, accepted });
}
