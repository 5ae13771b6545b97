export type { ConnectionCount } from "./ConnectionCount.js";
export {
  type ControlledListening,
  type ListenControl,
  type Listening,
  type ListenOptions,
  listen,
} from "./listen.js";
