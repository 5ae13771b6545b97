import { badRequest, ControlError } from "../control/ControlError.js";
import { fromUtf8 } from "../encoding/utf8.js";
import { readBody } from "../octane/readBody.js";

/** The fields of a form that was sent. */
export type FormFields = {
  /** @throws ControlError 400 where it is missing or empty. */
  need(name: string): string;
  /** Nothing where it was left empty. */
  maybe(name: string): string | undefined;
  all(name: string): readonly string[];
};

/** Reads a form, as browsers send it without a file in it. @throws ControlError or Refusal. */
export async function readForm(request: Request): Promise<FormFields> {
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/x-www-form-urlencoded *(;|$)/i.test(type)) {
    throw new ControlError(415, "unsupported_media_type", "The page takes its own forms.");
  }
  const fields = new URLSearchParams(fromUtf8(await readBody(request, request.signal)));
  const maybe = (name: string): string | undefined => fields.get(name)?.trim() || undefined;
  return {
    maybe,
    need: (name) => maybe(name) ?? badRequest(`${name} must not be empty.`),
    all: (name) => fields.getAll(name),
  };
}
