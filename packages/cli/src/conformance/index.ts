export type { Approver, PairPrompt, PolicyChange, SignPrompt } from "./Approver.js";
export type { Section } from "./Check.js";
export { type LinkApproverOptions, linkApprover } from "./linkApprover.js";
export type { ConformanceOptions } from "./options.js";
export type { CheckReport, Report } from "./Report.js";
export { reportText } from "./reportText.js";
export { runConformance } from "./runConformance.js";
