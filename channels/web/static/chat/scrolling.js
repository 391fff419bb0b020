/** Where the reader is in the conversation. The document itself scrolls. */

const MOVING_KEYS = new Set(["PageUp", "PageDown", "Home", "End"]);
let movedAt = 0;

/** When the reader last scrolled by hand, as performance.now(): then an answer must not carry them off. */
export const readerMovedAt = () => movedAt;

/** The exchange at the top of the view, as far as the page reaches: a long answer is read from its beginning. */
export function reveal(element) {
  scrollTo(element.getBoundingClientRect().top + window.scrollY - coveredByHeader() - 12);
}

/** So much of the top of the view, in pixels. */
export function coveredByHeader() {
  const header = document.querySelector(".top");
  return getComputedStyle(header).position === "sticky" ? header.offsetHeight : 0;
}

export function toNewest({ atOnce = false } = {}) {
  scrollTo(document.documentElement.scrollHeight, atOnce);
}

/** Shows the button while the end of the conversation is out of sight. Returns whether it is in sight. */
export function watchEnd(log, end, button) {
  let inSight = true;
  const noteMoving = () => (movedAt = performance.now());
  addEventListener("wheel", noteMoving, { passive: true });
  addEventListener("touchmove", noteMoving, { passive: true });
  addEventListener("keydown", (event) => MOVING_KEYS.has(event.key) && noteMoving());
  button.addEventListener("click", () => toNewest());
  // The composer covers the lowest part of the view.
  new IntersectionObserver(
    (entries) => {
      inSight = entries[entries.length - 1].isIntersecting;
      button.hidden = inSight || !log.childElementCount;
    },
    { rootMargin: "0px 0px -60px 0px" },
  ).observe(end);
  return () => inSight;
}

function scrollTo(top, atOnce = false) {
  const calm = atOnce || matchMedia("(prefers-reduced-motion: reduce)").matches;
  window.scrollTo({ top, behavior: calm ? "auto" : "smooth" });
}
