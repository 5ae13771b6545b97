import { InvalidArgumentError } from "commander";

/** Reads a text of a flag, which an unset variable of a shell makes empty. */
export function nonEmpty(text: string): string {
  if (text.trim() !== "") return text;
  throw new InvalidArgumentError("It is empty.");
}
