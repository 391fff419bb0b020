/** One screen at a time; its heading takes the focus, so that a screen reader begins there. */

const screens = [...document.querySelectorAll(".screen")];

export const shownScreen = () => screens.find((screen) => !screen.hidden).id;

export function show(name) {
  for (const screen of screens) screen.hidden = screen.id !== name;
  document.getElementById(name).querySelector("h1").focus({ preventScroll: true });
  scrollTo(0, 0);
}

/** A sentence about what did not work; empty: nothing is wrong. */
export function sayTrouble(place, sentence) {
  place.hidden = !sentence;
  place.textContent = sentence;
}
