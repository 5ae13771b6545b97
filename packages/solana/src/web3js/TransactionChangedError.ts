/** The transaction is not the one any more that the user was shown. Nothing was added to it; have it signed anew. */
export class TransactionChangedError extends Error {
  static {
    this.prototype.name = "TransactionChangedError";
  }

  constructor() {
    super(
      "The transaction changed while its signature was awaited: nothing was added to it. Have it signed anew.",
    );
  }
}
