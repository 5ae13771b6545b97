import type { Server } from "node:net";
import type { ConnectionCount } from "./ConnectionCount.js";

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
