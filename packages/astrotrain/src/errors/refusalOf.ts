/** Who said no, and for how long: see {@link refusalOf}. */
export type Refusal = "revoked" | "pending" | "rejected" | "denied";

const refusals: Readonly<Record<string, Refusal>> = {
  pair_revoked: "revoked",
  pair_pending: "pending",
  user_rejected: "rejected",
  policy_denied: "denied",
  scope_denied: "denied",
};

/** Hosts wrap errors in their own, a few deep at most; a circle of causes must end as well. */
const deepest = 8;

/**
 * What a 403 of octane's means for the pair: `revoked` (pair again), `pending` (call validateSpKey first), `rejected` (by
 * the user, this once) or `denied` (by policy, or not granted to this pair). `undefined` for any other error. Looks through
 * the causes of a host's own error as well.
 *
 * @example
 * ```ts
 * try {
 *   await account.signMessage({ message });
 * } catch (error) {
 *   if (refusalOf(error) === "revoked") await forget(user);
 *   else throw error;
 * }
 * ```
 */
export function refusalOf(error: unknown): Refusal | undefined {
  let each = error;
  for (let depth = 0; depth < deepest && each instanceof Error; depth++) {
    const { kind, status, code } = each as { kind?: unknown; status?: unknown; code?: unknown };
    if (kind === "http" && status === 403 && typeof code === "string")
      return Object.hasOwn(refusals, code) ? refusals[code] : undefined;
    // One of ours, of another kind: what caused it, such as an abort's reason, says nothing about this call.
    if (typeof kind === "string") return undefined;
    each = each.cause;
  }
  return undefined;
}
