import type { Binding, Scope, Wallet } from "../link/messages.js";
import { ApplianceError } from "./errors.js";

/** A scope as the owner grants it: over every wallet of the chain, or over one. */
export type GrantedScope = Scope & { readonly wallet_index?: number };

/**
 * The wallets the granted scopes reach, each once.
 *
 * @throws ApplianceError `scope_not_requested` for a scope the provider did not ask for or a wallet there is not.
 */
export function bindingsOf(
  granted: readonly GrantedScope[],
  requested: readonly Scope[],
  wallets: readonly Wallet[],
): Binding[] {
  const bindings = granted.flatMap((scope) => bindScope(scope, requested, wallets));
  const once = new Map(bindings.map((each) => [`${each.chain} ${each.wallet_index} ${each.access}`, each]));
  return [...once.values()];
}

function bindScope(scope: GrantedScope, requested: readonly Scope[], wallets: readonly Wallet[]): Binding[] {
  const { chain, access, wallet_index } = scope;
  const what = `${access} on ${chain}`;
  if (!requested.some((asked) => asked.chain === chain && asked.access === access)) {
    throw new ApplianceError("scope_not_requested", `The service provider did not ask for ${what}.`);
  }
  const reached = wallets.filter(
    (wallet) =>
      wallet.chain === chain && (wallet_index === undefined || wallet_index === wallet.wallet_index),
  );
  if (reached.length === 0) {
    throw new ApplianceError("scope_not_requested", `There is no wallet ${wallet_index} for ${what}.`);
  }
  return reached.map((wallet) => ({ ...wallet, access }));
}
