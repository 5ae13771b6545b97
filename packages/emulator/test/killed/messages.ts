import type { EmulatorSp } from "../../src/index.js";

/** What the program says: where it is, or how it answers. */
export type FromProgram =
  | { readonly url: string; readonly sp: EmulatorSp; readonly wallets: readonly string[] }
  | { readonly id: number; readonly pairs: readonly (readonly [pairId: string, state: string])[] };

/** What it is asked: the pairings on the appliance's record, after the owner has revoked one. */
export type ToProgram = { readonly id: number; readonly revoke?: string };
