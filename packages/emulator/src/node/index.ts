export type { ConnectionCount } from "./connections.js";
export {
  type ControlledListening,
  type ListenControl,
  type Listening,
  type ListenOptions,
  listen,
} from "./listen.js";
