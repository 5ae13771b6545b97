export type { Approver, SignPrompt } from "./Approver.js";
export { emulated } from "./emulated.js";
export { linkApprover } from "./linkApprover.js";
export type { ConformanceOptions } from "./options.js";
export type { Report } from "./Report.js";
export { reportText } from "./reportText.js";
export { runConformance } from "./runConformance.js";
