import type { Answer } from "./Answer.js";
import { cdp } from "./cdp.js";
import { cubesigner } from "./cubesigner.js";
import { dfns } from "./dfns.js";
import { fireblocks } from "./fireblocks.js";
import { octaneEvm, octaneSolana } from "./octane.js";
import { privyEvm, privySolana } from "./privy.js";
import { turnkeyEvm, turnkeySolana } from "./turnkey.js";
import { vault } from "./vault.js";

/** The services that the mock can stand in for. */
export const answers = {
  octaneEvm,
  octaneSolana,
  turnkeyEvm,
  turnkeySolana,
  dfns,
  cubesigner,
  cdp,
  privyEvm,
  privySolana,
  vault,
  fireblocks,
} satisfies Record<string, Answer>;

export type Wire = keyof typeof answers;
