/** What the citizen prepared and asked: only with consent, only when the clerk asks for it, because every look is noted. */
import { make } from "/static/chat/dom.js";
import { askCounter, path } from "./api.js";
import { once } from "./once.js";
import { words } from "./words.js";

export function attachPack(place) {
  let shownFor = "";

  /** Called with every look at the desk; only another citizen changes anything. */
  return function show(officeId, card) {
    const visit = card?.has_pack ? card.visit_id : "";
    if (visit === shownFor) return;
    shownFor = visit;
    place.hidden = !visit;
    place.replaceChildren();
    if (!visit) return;
    const button = make("button", { type: "button" }, words.lookAtPack);
    const look = once([button], async () => {
      const pack = await askCounter(`${path(officeId)}/visits${path(visit)}/pack`);
      if (visit === shownFor) place.replaceChildren(...drawn(pack));
    });
    button.addEventListener("click", look);
    place.append(button, make("p", { class: "soft" }, words.lookIsLogged));
  };
}

function drawn(pack) {
  return [
    make("h2", {}, words.packTitle),
    pack.items.length
      ? make("ul", { class: "materials" }, ...pack.items.map(material))
      : make("p", { class: "soft" }, words.emptyPack),
    make("h2", {}, words.questionTitle),
    make("p", { class: pack.question ? "" : "soft" }, pack.question || words.noQuestion),
  ];
}

function material(item) {
  const marks = [item.given_at_counter ? words.givenHere : item.ticked ? words.ticked : words.unticked, item.when || (item.required ? "" : words.optional), item.change ? words.changed : ""];
  return make(
    "li",
    { class: item.ticked ? "ticked" : "" },
    make("span", { class: "tick", "aria-hidden": "true" }, item.ticked ? "✓" : item.given_at_counter ? "·" : "○"),
    make(
      "span",
      {},
      item.name,
      make("span", { class: "soft" }, `（${marks.filter(Boolean).join("，")}）`),
      item.detail ? make("span", { class: "soft detail" }, item.detail) : null,
    ),
  );
}
