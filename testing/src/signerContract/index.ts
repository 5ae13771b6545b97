export { describeSignerContract } from "./describeSignerContract.js";
export type { Access, SignerCall, SignerContract, SignerMethod } from "./SignerContract.js";
export type { Tally } from "./tally.js";
