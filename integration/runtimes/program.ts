// What Node, Bun and Deno start: the setup is the argument, what was seen is printed. It ends by itself or never.
import process from "node:process";
import { type Setup, smoke } from "./smoke.js";

console.log(JSON.stringify(await smoke(JSON.parse(process.argv[2] ?? "") as Setup)));
