export type { ConnectionCount } from "./connections.js";
export { type Listening, type ListenOptions, listen } from "./listen.js";
