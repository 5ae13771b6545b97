/** `pnpm bench [sign | sse | import | idle | profile | gates] [options]`: one command, one run. README.md says what each measures. */
import { gates } from "./gates.js";
import { idle } from "./idle.js";
import { measureImportTimes } from "./imports.js";
import { profileRows } from "./profile.js";
import { sign } from "./sign.js";
import { sse } from "./sse.js";

const commands: Readonly<Record<string, (args: readonly string[]) => Promise<void>>> = {
  sign,
  sse,
  import: measureImportTimes,
  idle,
  profile: profileRows,
  gates,
};

const [name = "sign", ...args] = process.argv.slice(2).filter((arg) => arg !== "--");
const isOption = name.startsWith("--");
const command = commands[isOption ? "sign" : name];
if (command === undefined) {
  process.stderr.write(`There is no ${name}: take one of ${Object.keys(commands).join(", ")}.\n`);
  process.exitCode = 2;
} else {
  await command(isOption ? [name, ...args] : args);
}
