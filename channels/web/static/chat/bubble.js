/** What the hall says stands in a bubble. */
import { make, unseen } from "./dom.js";
import { words } from "./words.js";

export function bubble(outcome, ...children) {
  return make("div", { class: `bubble from-hall${outcome ? ` outcome-${outcome}` : ""}` }, unseen(words.hall), ...children);
}

/** 第 2 步，共 5 步, or null. */
export function progressOf({ progress }) {
  return progress?.step ? make("p", { class: "caption" }, words.progress(progress.step, progress.of)) : null;
}
