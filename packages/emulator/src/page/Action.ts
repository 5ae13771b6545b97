import type { Emulator } from "../emulator.js";
import type { FormFields } from "./form.js";
import type { Part } from "./Layout.js";
import type { Notice } from "./notices.js";

/** What is shown once and never again. */
export type Secrets = Readonly<Record<string, string>>;

/** What became of a form. `secrets` are in this answer alone. */
export type Outcome = { readonly notice: Notice; readonly secrets?: Secrets };

/** What a form of the page does, and on which part it stands. */
export type Action = {
  readonly part: Part;
  run(emulator: Emulator, form: FormFields): Outcome | Promise<Outcome>;
};
