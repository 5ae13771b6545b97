import type { Goal } from "../goals.js";
import { table } from "./markdown.js";

const verdict = ({ met }: Goal): string => (met === undefined ? "–" : met ? "yes" : "**no**");

export const goalTable = (goals: readonly Goal[]): string =>
  table(
    ["goal", "what", "bound", "measured", "met"],
    goals.map((goal) => [goal.id, goal.what, goal.bound, goal.measured, verdict(goal)]),
    2,
  );
