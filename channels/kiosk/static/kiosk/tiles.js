/** Large buttons of which one is pressed. */
import { make } from "/static/chat/dom.js";

/** `about`: a smaller line below. */
export function tile(name, onPress, { about = "", place = 0, kind = "" } = {}) {
  const words = make("span", { class: "tile-words" }, make("strong", {}, name), about ? make("span", {}, about) : null);
  const number = place ? make("span", { class: "letter figure", "aria-hidden": "true" }, String(place)) : null;
  return make("button", { type: "button", class: `tile ${kind}`.trim(), onclick: onPress }, number, words);
}

export function fillTiles(list, tiles) {
  list.replaceChildren(...tiles.map((each) => make("li", {}, each)));
}

/** `kind`: `wordy`, each has a sentence to read; `short`, each has a time. */
export function tileList(label, tiles, kind = "") {
  const list = make("ul", { class: `tiles ${kind}`.trim(), "aria-label": label });
  fillTiles(list, tiles);
  return list;
}
