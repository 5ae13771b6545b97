import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { figure, rounds } from "../testing/src/promises.js";
import { apiReports } from "./apiReport.js";
import { announcedPackages } from "./changesets.js";
import { type Checked, checkTarball } from "./checkTarball.js";
import { copyRepository, removeCopy } from "./copyRepository.js";
import { judgeApi } from "./judgeApi.js";
import { pack, sha256 } from "./pack.js";
import { publicPackages, shortName } from "./publicPackages.js";
import { pnpm } from "./run.js";
import { apiFolder, difference } from "./snapshot.js";

// The first is astrotrain, which needs none of the others to be built.
const share = publicPackages().slice(0, rounds(publicPackages().length));
const names = share.map(({ manifest }) => manifest.name);

/** A copy of the repository in which the packages were built from nothing, and their tarballs in the order of `share`. */
type Build = { readonly copy: string; readonly tarballs: readonly string[] };

let builds: readonly [Build, Build];
let checked: readonly Checked[];

beforeAll(async () => {
  const first = await build();
  builds = [first, await build(makeDifferent)];
  checked = await Promise.all(first.tarballs.map((tarball) => checkTarball(tarball)));
}, 600_000);

afterAll(() => {
  for (const { copy } of builds ?? []) removeCopy(copy);
}, 300_000);

async function build(prepare: (copy: string) => void = () => {}): Promise<Build> {
  const copy = await copyRepository();
  prepare(copy);
  await pnpm([...names.flatMap((name) => ["--filter", `${name}...`]), "run", "build"], copy);
  const out = join(copy, "tarballs");
  mkdirSync(out);
  const tarballs: string[] = [];
  for (const { folder, manifest } of publicPackages(copy)) {
    if (names.includes(manifest.name)) tarballs.push(await pack(folder, out));
  }
  return { copy, tarballs };
}

/** Besides its path and time, in which two checkouts always differ: the file modes, which follow the user's umask. */
function makeDifferent(copy: string): void {
  for (const { folder } of publicPackages(copy)) {
    for (const file of ["README.md", "LICENSE", "package.json"]) chmodSync(join(folder, file), 0o600);
  }
}

test("R59: a package holds the files that are listed for it, and no map, test or secret", () => {
  const changed = share.flatMap(({ manifest }, at) => {
    const list = join(apiFolder, "files", `${shortName(manifest)}.txt`);
    return difference(list, `${checked[at]?.files.join("\n")}\n`) ?? [];
  });
  expect(changed, "if that is meant: pnpm fix:api").toEqual([]);
  const files = checked.flatMap((each) => each.files);
  const foreign = files.filter((file) => /\.map$|\.test|\.env|\.npmrc/.test(file));
  expect(foreign).toEqual([]);
  figure(
    "R59",
    `${files.length} files in ${share.length} of ${publicPackages().length} tarballs, ${changed.length} lists changed, ${foreign.length} maps, tests or secrets`,
  );
});

test("R60: two clean builds make the same tarballs", () => {
  const [first, second] = builds.map(({ tarballs }) => tarballs.map(sha256));
  expect(first).toHaveLength(share.length);
  expect(second).toEqual(first);
  const same = first?.filter((hash, at) => hash === second?.[at]).length;
  figure("R60", `${same} of ${share.length} tarballs built twice with the same sha256`);
});

test("R60: publint and attw find nothing", () => {
  const faults = checked.flatMap((each) => each.faults);
  expect(faults).toEqual([]);
  figure("R60", `${share.length} tarballs, ${faults.length} faults that publint, attw or we know`);
});

test("R60: no API has changed without a changeset", { timeout: 600_000 }, () => {
  const built = publicPackages(builds[0].copy).filter(({ manifest }) => names.includes(manifest.name));
  const judged = judgeApi(apiReports(built), announcedPackages(), apiFolder);
  const changes = judged.flatMap(({ change }) => change ?? []);
  const unannounced = changes.filter(({ announced }) => !announced).map(({ fault }) => fault);
  expect(unannounced).toEqual([]);
  figure(
    "R60",
    `${judged.length} entries, ${changes.length} APIs changed, ${unannounced.length} unannounced`,
  );
});
