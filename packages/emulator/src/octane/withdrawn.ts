/** The callers of a request have gone before there was an answer, and so has the request. Nobody reads this. */
export class Withdrawn extends Error {
  override readonly name = "Withdrawn";

  constructor() {
    super("The request was withdrawn before the user decided.");
  }
}
