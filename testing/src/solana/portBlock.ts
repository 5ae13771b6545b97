import { createServer, type Server } from "node:net";

/** A run of neighbouring ports that are free, and that no other start takes before `release`. */
export type PortBlock = { readonly first: number; readonly last: number; readonly release: () => void };

// Below the ports that systems give to outgoing connections, so that none of those lands in a block.
const lowest = 10_240;
const highest = 32_768;
const size = 64;
const attempts = 100;

/**
 * Takes a block. Its last port stays bound by this process until `release`: that is the lock which keeps other
 * starts off the block while the ports before it are still, or for a moment, unbound.
 */
export async function takePortBlock(): Promise<PortBlock> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const block = Math.floor(Math.random() * ((highest - lowest) / size));
    const taken = await tryBlock(lowest + block * size);
    if (taken !== undefined) return taken;
  }
  throw new Error(`No ${size} neighbouring ports are free between ${lowest} and ${highest}.`);
}

async function tryBlock(first: number): Promise<PortBlock | undefined> {
  const last = first + size - 1;
  const lock = await bind(last);
  if (lock === undefined) return undefined;
  // The first few are those that a validator is told to bind; in the rest it looks for free ones itself.
  const probes = await Promise.all([0, 1, 2, 3].map((offset) => bind(first + offset)));
  await Promise.all(probes.map((probe) => probe && close(probe)));
  if (probes.every((probe) => probe !== undefined)) return { first, last, release: () => lock.close() };
  await close(lock);
  return undefined;
}

function bind(port: number): Promise<Server | undefined> {
  return new Promise((resolve) => {
    const server = createServer().unref();
    server.once("error", () => resolve(undefined));
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
