// Changes the code in every way that Stryker knows, one at a time, and counts what its own fast tests notice:
// `pnpm test:mutation [transport SSE pairing verification]`. Takes the better part of an hour.

import { mutate, rooms } from "./mutation.js";

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !rooms.some((room) => room.name === name));
if (unknown !== undefined) {
  console.error(`${unknown} is no room: ${[...new Set(rooms.map(({ name }) => name))].join(", ")}.`);
  process.exit(2);
}
const scores = await mutate(rooms.filter(({ name }) => wanted.length === 0 || wanted.includes(name)));
for (const [name, { killed, all, survivors }] of scores) {
  for (const survivor of survivors) console.log(`survived: ${survivor}`);
  console.log(`${name}: ${killed} of ${all} killed, ${((100 * killed) / all).toFixed(1)} %`);
}
const worst = Math.min(...[...scores.values()].map(({ killed, all }) => killed / all));
process.exit(worst >= 0.85 ? 0 : 1);
