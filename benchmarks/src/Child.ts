import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";

/** A program of this folder in a process of its own, which is asked one thing after the other. */
export class Child<Call extends object, Reply> {
  readonly #process: ChildProcess;
  readonly #name: string;
  #ended: Error | undefined;
  #waiting: { resolve: (reply: Reply) => void; reject: (error: Error) => void } | undefined;

  constructor(name: string, file: string, args: readonly string[] = [], execArgv: readonly string[] = []) {
    this.#name = name;
    this.#process = fork(fileURLToPath(new URL(file, import.meta.url)), args, { execArgv: [...execArgv] });
    this.#process.on("message", (reply: Reply & { readonly error?: string }) => {
      const waiting = this.#waiting;
      this.#waiting = undefined;
      if (reply.error === undefined) waiting?.resolve(reply);
      else waiting?.reject(new Error(`${name}: ${reply.error}`));
    });
    this.#process.on("exit", (code, signal) => {
      this.#ended = new Error(`${name} ended with ${signal ?? code} before it had answered.`);
      this.#waiting?.reject(this.#ended);
    });
  }

  ask(call: Call): Promise<Reply> {
    if (this.#waiting !== undefined) throw new Error(`${this.#name} has not answered yet.`);
    if (this.#ended !== undefined) throw this.#ended;
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#process.send({ id: 0, ...call });
    });
  }

  close(): void {
    this.#process.disconnect();
  }
}
