import { constants } from "node:os";

/** How `sigil` ends: what a script can go by. */
export const exitCodes = {
  ok: 0,
  failure: 1,
  /** The command line or the environment is wrong: nothing was sent. */
  usage: 2,
  /** The user said no. */
  rejected: 3,
  /** The user did not answer in time. */
  expired: 4,
} as const;

/** As a shell has it: 128 and the number of the signal, so 130 for Ctrl-C. */
export function signalExitCode(signal: string): number {
  const number = (constants.signals as Readonly<Record<string, number>>)[signal];
  return 128 + (number ?? constants.signals.SIGINT);
}
