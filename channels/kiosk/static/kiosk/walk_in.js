/** A number without a booking: the line, then the item. */
import { make } from "/static/chat/dom.js";
import { counterNames } from "/hall-static/naming.js";
import { closedInWords } from "/hall-static/opening.js";
import { momentInWords } from "/hall-static/times.js";
import { sayTrouble, show } from "./screens.js";
import { words } from "./words.js";

/** `fetchOffice`: () → the office with its lines. `onItem`: (guide_id) was chosen. */
export function attachWalkIn({ tiles, trouble, again, items, itemsLine, back }, { fetchOffice, onItem }) {
  let turn = 0;

  async function open() {
    const mine = ++turn;
    show("lines");
    tiles.replaceChildren();
    again.hidden = true;
    sayTrouble(trouble, "");
    try {
      const office = await fetchOffice();
      if (mine === turn) showLines(office);
    } catch (fault) {
      if (mine !== turn) return;
      sayTrouble(trouble, fault.message);
      again.hidden = false;
    }
  }

  function showLines(office) {
    const { lines } = office;
    if (!lines.length) sayTrouble(trouble, words.nothingHere);
    else if (!lines.some((line) => line.open)) sayTrouble(trouble, closedInWords({ ...office, open: false }));
    tiles.replaceChildren(...lines.map((line) => make("li", {}, lineTile(line))));
  }

  function lineTile(line) {
    return make(
      "button",
      { type: "button", class: "tile line", disabled: !line.open, onclick: () => openItems(line) },
      make("span", { class: "letter", "aria-hidden": "true" }, line.letter),
      make(
        "span",
        { class: "tile-words" },
        make("strong", {}, line.name),
        make("span", { class: "figure" }, line.open ? words.waiting(line.ahead, line.estimated_wait_minutes) : words.closed(line.opens_at && momentInWords(line.opens_at))),
      ),
    );
  }

  function openItems(line) {
    itemsLine.textContent = [line.name, counterNames(line.counters ?? [])].filter(Boolean).join(" · ");
    items.replaceChildren(
      ...line.items.map((item) =>
        make("li", {}, make("button", { type: "button", class: "tile", onclick: () => onItem(item.guide_id) }, item.guide_name)),
      ),
    );
    show("items");
  }

  function leave() {
    turn += 1;
    tiles.replaceChildren();
    items.replaceChildren();
  }

  again.addEventListener("click", open);
  back.addEventListener("click", open);
  return { open, openItems, leave };
}
