/** The boxes of a list. `tick.N` named the step by its place, in conversations of before. */
const TICK = /^\/checklist\{.*"value": ?"((un)?done\.[a-z0-9-]+|tick\.\d+)"/;

export function isTick(payload) {
  return TICK.test(payload);
}
