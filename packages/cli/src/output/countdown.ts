import type { Output } from "../io.js";

/** `4:59`, never below zero. */
export function minutesLeft(deadlineMs: number, nowMs: number): string {
  const seconds = Math.max(0, Math.ceil((deadlineMs - nowMs) / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/**
 * Shows on one line how long is left until `deadlineMs`, each second anew; elsewhere than on a terminal nothing. Goes by the
 * clock and not by its own ticks, so that a machine that slept shows the truth. Returns what ends it and clears the line.
 */
export function startCountdown(output: Output, text: string, deadlineMs: number): () => void {
  if (output.isTTY !== true) return () => {};
  let width = 0;
  const draw = (line: string): void => {
    // Blanks, not an escape code: it clears on every terminal.
    output.write(`\r${line.padEnd(width)}`);
    width = line.length;
  };
  const tick = (): void => draw(`${text} ${minutesLeft(deadlineMs, Date.now())}`);
  tick();
  const timer = setInterval(tick, 1000);
  return () => {
    clearInterval(timer);
    draw("");
    output.write("\r");
  };
}
