import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/**
 * From where to import a package so that its host library is there once, as in a user's project: ours from their own folders, since
 * here they are links and would bring a second copy.
 */
function folderOf(name: string): string {
  const [, own] = /^@sigil\/([^/]+)/.exec(name) ?? [];
  return fileURLToPath(new URL(own === undefined ? ".." : `../../packages/${own}`, import.meta.url));
}

/** In milliseconds: of the clock, and of the processor. */
export type ImportTime = { readonly wall: number; readonly cpu: number };

/** What a new process takes to import `name`, with Node started and `before` imported already. */
export function importTime(before: readonly string[], name: string): ImportTime {
  const imported = (each: string): string => `await import(${JSON.stringify(each)});`;
  const code = `
    ${before.map(imported).join("\n")}
    const cpu = process.cpuUsage();
    const start = performance.now();
    ${imported(name)}
    const wall = performance.now() - start;
    const { user, system } = process.cpuUsage(cpu);
    process.stdout.write(JSON.stringify({ wall, cpu: (user + system) / 1000 }));`;
  const args = ["--input-type=module", "--eval", code];
  return JSON.parse(
    execFileSync(process.execPath, args, { cwd: folderOf(name), encoding: "utf8" }),
  ) as ImportTime;
}
