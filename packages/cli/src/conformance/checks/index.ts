import type { Check } from "../Check.js";
import { afterRevocation } from "./afterRevocation.js";
import { authority } from "./authority.js";
import { authorization } from "./authorization.js";
import { bodies } from "./bodies.js";
import { codes } from "./codes.js";
import { completed } from "./completed.js";
import { foreign } from "./foreign.js";
import { idempotency } from "./idempotency.js";
import { methods } from "./methods.js";
import { offline } from "./offline.js";
import { order } from "./orders.js";
import { otherEndings } from "./otherEndings.js";
import { paths } from "./paths.js";
import { pending } from "./pending.js";
import { policy } from "./policy.js";
import { revocation } from "./revocation.js";
import { revocationEvents } from "./revocationEvents.js";
import { seen } from "./seen.js";
import { sessionRefusals } from "./sessionRefusals.js";
import { sessions } from "./sessions.js";
import { signatures, signedAgain } from "./signatures.js";
import { signRefusals } from "./signRefusals.js";
import { signVariants } from "./signVariants.js";
import { streams } from "./streams.js";
import { twoPairings } from "./twoPairings.js";
import { validation } from "./validation.js";
import { wallets } from "./wallets.js";

/** Every check, in the order in which they are made: a pairing is pending, then active, then revoked. */
export const catalogue: readonly Check[] = [
  ...authorization,
  ...methods,
  ...sessions,
  ...sessionRefusals,
  ...bodies,
  ...order,
  ...idempotency,
  ...paths,
  ...streams,
  ...completed,
  ...pending,
  ...validation,
  ...codes,
  ...wallets,
  ...signatures,
  ...signedAgain,
  // Before there is a second active pairing with the same wallets.
  ...signVariants,
  ...signRefusals,
  ...authority,
  ...twoPairings,
  ...foreign,
  ...offline,
  ...policy,
  ...otherEndings,
  ...revocation,
  ...revocationEvents,
  ...afterRevocation,
  ...seen,
];
