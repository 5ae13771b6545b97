export { type Control, type ControlOptions, createControl } from "./createControl.js";
