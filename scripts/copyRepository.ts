import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { root, run } from "./run.js";

/**
 * Copies the working tree as it is now, committed or not, to a folder where it can be built, changed and tested without
 * anyone else seeing it. The installed packages are shared; those of the workspace are the copy's own.
 *
 * @returns the folder; whoever made it removes it.
 */
export async function copyRepository(): Promise<string> {
  const copy = mkdtempSync(join(tmpdir(), "sigil-copy-"));
  for (const file of await workingTree()) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(join(root, file), join(copy, file));
  }
  linkModules(copy);
  return copy;
}

/** Removes a copy. Windows holds on to files for a moment after a process has ended. */
export function removeCopy(copy: string): void {
  rmSync(copy, { recursive: true, force: true, maxRetries: 5 });
}

/** All files that git knows or would know. One that was deleted but not yet from the index is listed, and is not there. */
async function workingTree(): Promise<readonly string[]> {
  const listed = await run("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
  });
  return [...new Set(listed.split("\0"))].filter((file) => file !== "" && existsSync(join(root, file)));
}

// The root's entries are linked one by one, so that caches such as `.vite` are written into the copy.
function linkModules(copy: string): void {
  mkdirSync(join(copy, "node_modules"));
  for (const entry of readdirSync(join(root, "node_modules"))) {
    if (/^\.(vite|cache|vitest)/.test(entry)) continue;
    symlinkSync(join(root, "node_modules", entry), join(copy, "node_modules", entry), "junction");
  }
  for (const folder of workspaceFolders(copy)) {
    const modules = join(root, folder, "node_modules");
    // Links within are relative, so that those to workspace packages lead to the copy's.
    if (existsSync(modules))
      cpSync(modules, join(copy, folder, "node_modules"), {
        recursive: true,
        verbatimSymlinks: true,
        filter: (path) => !path.endsWith(".vite"),
      });
  }
}

function workspaceFolders(copy: string): readonly string[] {
  const packages = readdirSync(join(copy, "packages")).map((name) => join("packages", name));
  return [...packages, "testing", "integration", "demo"].filter((folder) => existsSync(join(copy, folder)));
}
