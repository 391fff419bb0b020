/** Counters as people say them. */
import { words } from "./words.js";

/** Labels are as on the signs: "1" is 1号窗口. */
export const counterName = (label) => words.counters([label]);

/** ["1", "2", "3", "7"] → 1—3、7号窗口 */
export function counterNames(labels) {
  const runs = [];
  for (const label of labels) {
    const run = runs.at(-1);
    if (run && /^\d+$/.test(label) && Number(label) === Number(run.at(-1)) + 1) run.push(label);
    else runs.push([label]);
  }
  const parts = runs.flatMap((run) => (run.length > 2 ? [`${run[0]}—${run.at(-1)}`] : run));
  return parts.length ? words.counters(parts) : "";
}
