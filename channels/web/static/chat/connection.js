/** A sign above the field while the service cannot be reached. It goes away by itself as soon as it can. */
import { announce } from "./announcer.js";
import { words } from "./words.js";

/** One failure is a hiccup: the next try tells. */
const HICCUPS = 1;
let missed = 0;

addEventListener("offline", show);
addEventListener("online", show);

/** The service has answered, whatever it said. */
export function reached() {
  missed = 0;
  show();
}

export function notReached() {
  missed += 1;
  show();
}

function show() {
  const sentence = !navigator.onLine || missed > HICCUPS ? words.connectionLost : "";
  const sign = document.getElementById("connection");
  if (!sign || sign.textContent === sentence) return; // a page without a conversation loses nothing
  sign.textContent = sentence;
  if (sentence) announce(sentence);
}
