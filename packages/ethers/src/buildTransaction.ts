import {
  assertArgument,
  authorizationify,
  copyRequest,
  getAddress,
  type NameResolver,
  resolveAddress,
  Transaction,
  type TransactionLike,
  type TransactionRequest,
} from "ethers";

/**
 * The transaction that `request` stands for, as `Wallet` builds it. Takes its copy before the first wait; a
 * `Transaction` instance, whose fields are getters, is fine.
 */
export async function buildTransaction(
  request: TransactionRequest,
  signer: NameResolver & { readonly address: string },
): Promise<Transaction> {
  const copy = copyRequest(request);
  // The list is copied by copyRequest, what is in it is not.
  if (copy.authorizationList) copy.authorizationList = copy.authorizationList.map(authorizationify);
  const to = copy.to == null ? undefined : await resolveAddress(copy.to, signer);
  const from = copy.from == null ? undefined : await resolveAddress(copy.from, signer);
  const { from: _from, to: _to, ...fields } = copy;
  if (from !== undefined) {
    assertArgument(getAddress(from) === signer.address, "transaction from address mismatch", "tx.from", from);
  }
  return Transaction.from({ ...fields, ...(to === undefined ? {} : { to }) } as TransactionLike<string>);
}
