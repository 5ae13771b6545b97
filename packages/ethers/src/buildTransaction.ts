import { requireFreshNonce, snapshotData } from "@sigil/evm";
import {
  assertArgument,
  authorizationify,
  copyRequest,
  getAddress,
  type NameResolver,
  type PreparedTransactionRequest,
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
  requireFreshness = false,
): Promise<Transaction> {
  const copy: PreparedTransactionRequest & Pick<TransactionRequest, "blobs"> = copyRequest(request);
  if (requireFreshness) requireFreshNonce("transaction", copy);
  // These lists are copied by copyRequest, what is in them is not.
  if (copy.authorizationList) copy.authorizationList = copy.authorizationList.map(authorizationify);
  if (copy.blobs) copy.blobs = snapshotData(copy.blobs);
  // Both at once: a promise that rejects while the other is awaited would have nobody listening.
  const [to, from] = await Promise.all(
    [copy.to, copy.from].map((each) => (each == null ? undefined : resolveAddress(each, signer))),
  );
  const { from: _from, to: _to, ...fields } = copy;
  if (from !== undefined) {
    assertArgument(getAddress(from) === signer.address, "transaction from address mismatch", "tx.from", from);
  }
  return Transaction.from({ ...fields, ...(to === undefined ? {} : { to }) } as TransactionLike<string>);
}
