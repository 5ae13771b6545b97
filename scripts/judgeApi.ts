import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { ApiReport } from "./apiReport.js";
import { difference } from "./snapshot.js";

type Change = { readonly announced: boolean; readonly fault: string };

/** Holds reports against those kept in `folder`, and changes against the packages that a changeset names. */
export function judgeApi(
  reports: readonly ApiReport[],
  announced: ReadonlySet<string>,
  folder: string,
): readonly { readonly report: ApiReport; readonly change: Change | undefined }[] {
  return reports.map((report) => {
    const changed = difference(join(folder, report.file), report.text);
    if (changed === undefined) return { report, change: undefined };
    const isAnnounced = announced.has(report.packageName);
    const advice = isAnnounced
      ? "A changeset announces it: pnpm fix:api."
      : `No changeset names ${report.packageName}: pnpm changeset, then pnpm fix:api.`;
    return { report, change: { announced: isAnnounced, fault: `the API changed: ${changed}\n  ${advice}` } };
  });
}

/** Reports of entries that are no more. */
export function staleReports(reports: readonly ApiReport[], folder: string): readonly string[] {
  const files = existsSync(folder) ? readdirSync(folder) : [];
  return files.filter((file) => file.endsWith(".api.md") && !reports.some((report) => report.file === file));
}
