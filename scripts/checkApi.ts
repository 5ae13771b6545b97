/**
 * Fails where the API of a package is not the one that `api/` says, so that no change of it goes unseen, and where
 * it changed without a changeset, so that none goes unannounced, and where what is built has not what its types promise.
 * Needs a build. With `--fix` the announced changes
 * are written to `api/`.
 */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { apiReports } from "./apiReport.js";
import { announcedPackages } from "./changesets.js";
import { finish } from "./finish.js";
import { judgeApi, staleReports } from "./judgeApi.js";
import { judgeNames } from "./judgeNames.js";
import { publicPackages } from "./publicPackages.js";
import { apiFolder, keep } from "./snapshot.js";

const fix = process.argv.includes("--fix");
const reports = apiReports(publicPackages());
const judged = judgeApi(reports, announcedPackages(), apiFolder);
for (const { report, change } of judged) {
  const mends = fix && change?.announced === true;
  if (mends) keep(join(apiFolder, report.file), report.text);
  const faults = change === undefined || mends ? [] : [change.fault];
  finish(report.file, [...faults, ...(await judgeNames(report))], [mends ? "updated" : "as it was"]);
}

for (const file of staleReports(reports, apiFolder)) {
  if (fix) rmSync(join(apiFolder, file));
  else finish(file, ["no package has this entry any more: pnpm fix:api."], []);
}
