/** What to bring, to tick off at home; and whether the clerk may see it. Ticks are kept as they come. */
import { make } from "./dom.js";
import { keepConsent, keepTicked } from "./visits_api.js";
import { words } from "./words.js";

const PAUSE_MS = 400; // several ticks in a row are one message
const AHEAD = new Set(["booked", "checked_in", "called", "serving"]);

/** Null where there is nothing to show. `onSaved(appointment)`. */
export function packOf(appointment, { isOpen, onSaved }) {
  const { pack, code, status } = appointment;
  if (!pack?.items?.length || !AHEAD.has(status)) return null;
  const count = make("span", { class: "caption" });
  const boxes = pack.items.filter((item) => !item.given_at_counter).map((item) => drawItem(item));
  const given = pack.items.filter((item) => item.given_at_counter);
  const dropped = pack.dropped?.length ? make("p", { class: "note" }, words.notNeeded(pack.dropped)) : null;
  const hasChanged = dropped || pack.items.some(({ change }) => change);
  const said = make("p", { class: "visit-said", "aria-live": "polite" });
  let kept = Promise.resolve();
  let timer = 0;
  showCount();
  return make(
    "details",
    { class: "pack", open: isOpen || Boolean(hasChanged) },
    make("summary", {}, make("span", {}, words.pack), " ", count),
    hasChanged ? make("p", { class: "visit-warning" }, words.packChanged) : null,
    make("ul", { class: "pack-items", "aria-label": words.pack }, ...boxes.map(({ element }) => element)),
    given.length ? make("p", { class: "note" }, words.givenAtCounter(given.map(({ name }) => name))) : null,
    dropped,
    consent(),
    said,
  );

  function drawItem(item) {
    const box = make("input", { type: "checkbox" });
    box.checked = item.ticked;
    box.addEventListener("change", save);
    const name = make("span", {}, item.name, conditionOf(item));
    const change = item.change ? make("span", { class: "badge" }, words.packChange[item.change]) : null;
    const detail = item.detail ? make("span", { class: "caption" }, item.detail) : null;
    const label = make("label", { class: "tick" }, box, make("span", { class: "tick-words" }, name, change, detail));
    return { item, box, element: make("li", {}, label) };
  }

  function conditionOf({ required, when }) {
    if (when) return make("span", { class: "caption" }, `（${when}）`);
    return required ? null : make("span", { class: "caption" }, words.ifItApplies);
  }

  function save() {
    showCount();
    said.textContent = "";
    clearTimeout(timer);
    timer = setTimeout(() => (kept = kept.then(sendTicked)), PAUSE_MS);
  }

  /** One after the other, so that the last tick wins. */
  async function sendTicked() {
    const ticked = boxes.filter(({ box }) => box.checked).map(({ item }) => item.name);
    try {
      onSaved(await keepTicked(code, ticked));
    } catch (refused) {
      said.textContent = refused.status ? refused.message : words.notKept;
    }
  }

  function showCount() {
    count.textContent = words.packReady(boxes.filter(({ box }) => box.checked).length, boxes.length);
  }

  function consent() {
    const box = make("input", { type: "checkbox", role: "switch" });
    box.checked = Boolean(appointment.share_with_clerk);
    box.addEventListener("change", async () => {
      const share = box.checked;
      try {
        onSaved(await keepConsent(code, share));
        said.textContent = share ? words.shared : words.notShared;
      } catch (refused) {
        box.checked = !share;
        said.textContent = refused.message;
      }
    });
    return make("label", { class: "tick consent" }, box, make("span", { class: "tick-words" }, words.shareWithClerk, make("span", { class: "caption" }, words.shareMeans)));
  }
}
