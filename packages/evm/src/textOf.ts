/** Text for whatever was thrown, which may be anything, even what refuses to become text. */
export function textOf(thrown: unknown): string {
  if (thrown instanceof Error) return thrown.message;
  try {
    return String(thrown);
  } catch {
    return "something that is no error was thrown";
  }
}
