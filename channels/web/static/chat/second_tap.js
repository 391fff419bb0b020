/**
 * A second tap at the same spot is meant for what was there at the first. Where the page has moved in between, what lies
 * under the finger now is not pressed: it may be what cannot be taken back.
 */

const SAME_SPOT_PX = 30;
const CALM_MS = 700;

/** `areas`: whose content grows and shrinks by itself. `guarded`: a selector of what wants a tap of its own. */
export function guardSecondTaps(areas, guarded) {
  let last = null;
  let movedAt = 0;
  const watch = new ResizeObserver(() => (movedAt = performance.now()));
  for (const area of areas) watch.observe(area);
  document.addEventListener("click", hear, true);

  function hear(event) {
    if (event.detail === 0) return; // by the keyboard
    const pressed = event.target.closest("button, a, summary, label");
    if (pressed?.closest(guarded) && isSecond(event, pressed)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    last = { x: event.clientX, y: event.clientY, pressed, at: performance.now() };
  }

  function isSecond({ clientX, clientY }, pressed) {
    if (!last || pressed === last.pressed || movedAt < last.at) return false;
    return Math.hypot(clientX - last.x, clientY - last.y) <= SAME_SPOT_PX && performance.now() - movedAt < CALM_MS;
  }
}
