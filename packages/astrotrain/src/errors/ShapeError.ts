/** A message from octane lacks a field, or has it in another type or length; the message names its path. */
export class ShapeError extends Error {
  static {
    ShapeError.prototype.name = "ShapeError";
  }

  constructor(path: string, expected: string) {
    super(`octane's answer: ${path} is not ${expected}`);
  }
}
