import type { ChildProcess } from "node:child_process";

// One set and one listener for all children: a listener each would trip Node's leak warning.
const children = new Set<ChildProcess>();
const signals = ["SIGHUP", "SIGINT", "SIGTERM"] as const;

/** Makes `child` die when this process ends, however it ends (but SIGKILL). Returns the undo. */
export function killWithParent(child: ChildProcess): () => void {
  if (children.size === 0) listen();
  children.add(child);
  return () => {
    children.delete(child);
    if (children.size === 0) unlisten();
  };
}

function listen(): void {
  process.on("exit", killAll);
  for (const signal of signals) process.on(signal, onSignal);
}

function unlisten(): void {
  process.off("exit", killAll);
  for (const signal of signals) process.off(signal, onSignal);
}

function killAll(): void {
  for (const child of children) child.kill("SIGKILL");
}

// A deadly signal does not raise "exit". Having a listener takes away the default action, so give it back;
// if the program has a listener of its own, ending is up to that, and "exit" will come.
function onSignal(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 1) return;
  killAll();
  unlisten();
  process.kill(process.pid, signal);
}
