/** Solves a puzzle beside the page, which stays as quick as it was. */
import { tryCounters } from "./solving.js";

addEventListener("message", ({ data: challenge }) => {
  let found = null;
  for (let from = 0; !found; from += 1000) found = tryCounters(challenge, from, 1000);
  postMessage(found);
});
