/** A guide as somebody in the hall wants it: what must be minded, what to bring, where, what it costs, how long. */
import { ask } from "/hall-static/ask.js";
import { make } from "/static/chat/dom.js";
import { inLanguage } from "/static/chat/language.js";
import { sayTrouble, show } from "./screens.js";
import { fillTiles, tile } from "./tiles.js";
import { words } from "./words.js";

/** `region`: where the hall stands. `ticketFor(guideId)`: how a number for it is taken here, or null. */
export function attachGuide({ name, body, more, trouble, again, print, take }, { region, hasPrinter, onAsk, onPrint, onTake, ticketFor }) {
  let turn = 0;
  let shown = null;
  let wanted = "";

  async function open(guideId) {
    const mine = ++turn;
    wanted = guideId;
    show("guide");
    empty();
    try {
      const guide = await ask(inLanguage(`/api/kiosk/guides/${encodeURIComponent(guideId)}?region=${encodeURIComponent(region)}`));
      if (mine === turn) fill(guide);
    } catch (fault) {
      if (mine !== turn) return;
      sayTrouble(trouble, fault.message);
      again.hidden = fault.status === 404;
    }
  }

  function fill(guide) {
    shown = guide;
    name.textContent = guide.guide_name;
    body.replaceChildren(make("p", { class: "lead" }, guide.summary), ...minded(guide.minded), ...guide.sections.map(drawSection), ...sources(guide));
    const asking = guide.more.map(({ label, payload }) => tile(label, () => onAsk({ text: `${guide.guide_name} ${label}`, payload }), { kind: "low" }));
    const takesNumber = ticketFor(guide.guide_id);
    fillTiles(more, [takesNumber ? tile(words.takeNumberHere, takesNumber, { kind: "low strong" }) : null, ...asking].filter(Boolean));
    print.hidden = !hasPrinter;
    take.hidden = false;
  }

  function empty() {
    shown = null;
    name.textContent = words.searching;
    for (const place of [body, more]) place.replaceChildren();
    for (const button of [print, take, again]) button.hidden = true;
    sayTrouble(trouble, "");
  }

  function leave() {
    turn += 1;
    wanted = "";
    empty();
  }

  again.addEventListener("click", () => open(wanted));
  print.addEventListener("click", () => shown && onPrint(shown));
  take.addEventListener("click", () => shown && onTake({ path: shown.path, title: shown.guide_name }));
  return { open, leave };
}

function minded(lines) {
  if (!lines.length) return [];
  return [make("section", { class: "minded" }, make("h2", {}, words.minded), make("ul", {}, ...lines.map((line) => make("li", {}, line))))];
}

export function drawSection({ aspect, heading, lines, offices }) {
  return make(
    "section",
    { "data-aspect": aspect },
    make("h2", {}, heading),
    make("ul", { class: "lines" }, ...lines.map(drawLine), ...offices.map(drawOffice)),
  );
}

function drawLine({ name, says, when, details, mark }) {
  return make(
    "li",
    {},
    name ? make("strong", {}, name, when ? `（${when}）` : "") : null,
    says === name ? null : make("p", {}, says),
    ...[details, mark].filter(Boolean).map((each) => make("p", { class: "note" }, each)),
  );
}

function drawOffice({ name, address, phone, hours }) {
  return make("li", {}, make("strong", {}, name), make("p", {}, address), make("p", { class: "note" }, [phone, hours].filter(Boolean).join("　")));
}

function sources({ sources: named, region_name: region }) {
  const told = [named.length ? words.basis(named) : "", words.appliesTo(region)].filter(Boolean);
  return [make("p", { class: "basis" }, told.join(" "))];
}
