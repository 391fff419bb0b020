/** Entries on the waiting list, and taking them back. */
import { make } from "./dom.js";
import { momentOf } from "./times.js";
import { withdrawWish } from "./visits_api.js";
import { words } from "./words.js";

const STANDING = new Set(["waiting", "offered"]);

export function wishList(wishes) {
  const standing = wishes.filter(({ status }) => STANDING.has(status));
  if (!standing.length) return null;
  return make("section", { class: "wishes", "aria-label": words.wishes }, make("h3", {}, words.wishes), make("ul", {}, ...standing.map(draw)));
}

function draw(wish) {
  const days = [wish.first_day, wish.last_day].map((day) => momentOf(`${day}T12:00+08:00`).date);
  const span = days[0] === days[1] ? days[0] : days.join("—");
  const told = make("p", { tabindex: "-1", "aria-live": "polite" }, words.wishFor(wish.guide_name, wish.office_name, span));
  const button = make("button", { type: "button", class: "plain" }, words.withdraw);
  button.addEventListener("click", async () => {
    if (button.getAttribute("aria-busy") === "true") return;
    button.setAttribute("aria-busy", "true");
    try {
      await withdrawWish(wish.wish_id);
      told.focus();
      told.textContent = words.withdrawn;
      button.remove();
    } catch (refused) {
      told.textContent = refused.message;
      button.setAttribute("aria-busy", "false");
    }
  });
  return make("li", {}, told, button);
}
