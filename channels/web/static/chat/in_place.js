/** What is being read stays in view while letters and buttons change their size. */
import { coveredByHeader } from "./scrolling.js";

const MESSAGES = ".exchange > :is(.bubble, .notice, .visit, .ticket, .checklist)";
const PARTS = "h2, p, li, summary";
const A_LINE = 24; // pixels; a message of which less is in view is not being read

/**
 * `change()` gives what is on the page another size. The last message of the hall in view stays where it stands; of a long
 * one that began above the view, the first part that begins in it.
 */
export function keepInPlace(log, composer, change) {
  const held = heldIn(log, composer);
  change();
  if (!held) return;
  putBack(held, composer);
  requestAnimationFrame(() => putBack(held, composer)); // the browser may have moved the page by itself
}

function heldIn(log, composer) {
  const view = viewOver(composer);
  const isRead = (message) => {
    const { top, bottom, height } = message.getBoundingClientRect();
    return height > 0 && Math.min(bottom, view.bottom) - Math.max(top, view.top) >= Math.min(height, A_LINE);
  };
  const read = [...log.querySelectorAll(MESSAGES)].filter(isRead);
  const message = read.filter((each) => !each.matches(".from-citizen")).pop() ?? read.pop(); // she knows what she said
  if (!message) return null;
  const beginsInView = (each) => {
    const { top, height } = each.getBoundingClientRect();
    return height > 0 && top >= view.top && top < view.bottom;
  };
  const part = beginsInView(message) ? message : ([...message.querySelectorAll(PARTS)].find(beginsInView) ?? message);
  const { top, bottom, height } = part.getBoundingClientRect();
  return { message, part, below: top - view.top, height, isWhole: top >= view.top && bottom <= view.bottom };
}

/** Where it was, below the header. What was seen whole is so again, as far as there is room. */
function putBack({ message, part, below, height: before, isWhole }, composer) {
  const { top: ceiling, bottom: floor } = viewOver(composer);
  const shown = part.getClientRects().length ? part : message; // elder mode leaves out some parts
  const { top, height } = shown.getBoundingClientRect();
  const asBefore = ceiling + (below < 0 ? (below * height) / before : below);
  const wanted = isWhole ? Math.max(Math.min(asBefore, floor - height), ceiling) : asBefore;
  scrollBy({ top: top - wanted, behavior: "instant" });
}

/** Between the header and the field. */
function viewOver(composer) {
  return { top: coveredByHeader(), bottom: Math.min(innerHeight, composer.getBoundingClientRect().top) };
}
