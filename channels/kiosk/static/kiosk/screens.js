/** One screen at a time; its heading takes the focus, so that a screen reader begins there. */

const screens = [...document.querySelectorAll(".screen")];
/** The screens before the one that is shown, as 上一步 goes through them. What stands on them stays. */
let trail = [];

export const shownScreen = () => screens.find((screen) => !screen.hidden).id;

export function show(name) {
  const before = shownScreen();
  if (before !== name) trail.push(before);
  put(name);
}

/** As the first one: nothing lies before it. */
export function showFirst(name) {
  trail = [];
  put(name);
}

export function goBack() {
  put(trail.pop() ?? shownScreen());
}

function put(name) {
  for (const screen of screens) screen.hidden = screen.id !== name;
  document.body.dataset.screen = name;
  document.getElementById(name).querySelector("h1").focus({ preventScroll: true });
  scrollTo(0, 0);
}

/** A sentence about what did not work; empty: nothing is wrong. */
export function sayTrouble(place, sentence) {
  place.hidden = !sentence;
  place.textContent = sentence;
}
