import { runProgram } from "./program.js";
import { createShow } from "./show.js";

const show = createShow(process.stdout, process.stderr, process.env);

show.text("Sigil, from pairing to revocation. Octane and the appliance are emulated on this machine;");
show.text(
  "the demo plays the user's phone: the lines that begin with “phone:” are what the user does there.",
);
show.text("The first run compiles the contracts, which takes some seconds.");

// Only now, because loading all the libraries takes a moment.
const { prepareStory } = await import("./story.js");
await runProgram(show, prepareStory(show));
