import { setTimeout } from "node:timers/promises";
import type { Show } from "./show.js";

/** Has `close` called when the demo ends, however it ends. */
export type OnEnd = (close: () => Promise<unknown>) => void;

/** What a shell reports for a program that a signal ended. */
const exitCodes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;
const patienceMs = 2_000;

/**
 * Runs `story`. Whatever it started is closed, last first, when it is done (exit 0), fails (1, with its error shown)
 * or a signal comes (128 and the signal's number).
 */
export async function runProgram(show: Show, story: (onEnd: OnEnd) => Promise<void>): Promise<void> {
  const closers: (() => Promise<unknown>)[] = [];
  const closeAll = async (): Promise<void> => {
    for (const close of closers.splice(0).reverse()) await close();
  };
  let ending: Promise<void> | undefined;
  const end = (code: number, say: () => void = () => {}): Promise<void> => {
    ending ??= endNow(code, say);
    return ending;
  };
  const endNow = async (code: number, say: () => void): Promise<void> => {
    say();
    // The story still runs until the exit, into errors that are only the closing's.
    show.mute();
    await atMost(patienceMs, closeAll());
    process.exit(code);
  };
  const fail = (error: unknown): Promise<void> => end(1, () => show.fail(error));

  process.on("uncaughtException", (error) => void fail(error));
  // The reader of a pipe has gone (`| head`): nobody is left to tell.
  process.stdout.on("error", () => void end(1));
  for (const [signal, code] of Object.entries(exitCodes)) {
    process.on(signal, () => void end(code, () => show.text(`\nStopped by ${signal}.`)));
  }
  try {
    await story((close) => closers.push(close));
    await (ending ?? closeAll());
  } catch (error) {
    await fail(error);
  }
}

async function atMost(milliseconds: number, work: Promise<void>): Promise<void> {
  const limit = new AbortController();
  await Promise.race([work, setTimeout(milliseconds, undefined, limit)]).catch(() => {});
  limit.abort();
}
