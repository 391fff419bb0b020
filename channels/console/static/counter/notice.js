/** One sentence at the top: what was done, or what did not work and what to do. */

const place = document.getElementById("notice");

export function sayTrouble(sentence) {
  place.textContent = sentence;
  place.className = "notice trouble";
  place.hidden = !sentence;
}

export function sayDone(sentence) {
  place.textContent = sentence;
  place.className = "notice";
  place.hidden = false;
}

export const sayNothing = () => (place.hidden = true);
