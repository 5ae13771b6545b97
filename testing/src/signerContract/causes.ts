/** The error, its cause, that one's cause, and so on. */
export function causesOf(error: unknown): readonly unknown[] {
  const chain: unknown[] = [];
  for (let each = error; each !== undefined && each !== null && !chain.includes(each); ) {
    chain.push(each);
    each = (each as { cause?: unknown }).cause;
  }
  return chain;
}

/** The `code`s along the chain of causes; octane's own must be among them. */
export const codesOf = (error: unknown): readonly unknown[] =>
  causesOf(error).map((each) => (each as { code?: unknown }).code);

/** The `kind`s along the chain of causes: what astrotrain's errors are told apart by. */
export const kindsOf = (error: unknown): readonly unknown[] =>
  causesOf(error).map((each) => (each as { kind?: unknown }).kind);
