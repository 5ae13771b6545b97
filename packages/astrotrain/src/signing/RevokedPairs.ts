import { SignError } from "../errors/SignError.js";

/** Pair ids are never given out again, so what is forgotten costs one request, and keeps a long-lived client small. */
const mostRemembered = 10_000;

/** The pairs that octane has said are revoked, which is for good: no request for one of them needs to leave. */
export class RevokedPairs {
  readonly #ids = new Set<string>();

  add(pairId: string): void {
    this.#ids.add(pairId);
    const [oldest] = this.#ids;
    if (this.#ids.size > mostRemembered && oldest !== undefined) this.#ids.delete(oldest);
  }

  /** @throws SignError as octane would answer: `http`, 403, `pair_revoked`. */
  refuse(pairId: string | undefined): void {
    if (pairId === undefined || !this.#ids.has(pairId)) return;
    throw new SignError(
      "sign refused: octane has said that this pairing was revoked, so it was not asked; pair again.",
      {
        kind: "http",
        status: 403,
        body: "",
        code: "pair_revoked",
      },
    );
  }
}
