/** A narrow slip of paper to take along: what to bring for one thing, or the list of a life event. Nobody's name is on it. */
import { ask } from "/hall-static/ask.js";
import { momentInWords } from "/hall-static/times.js";
import { make } from "/static/chat/dom.js";
import { inLanguage } from "/static/chat/language.js";
import { drawSection } from "./guide.js";
import { drawPaper, factsOf } from "./replies.js";
import { words } from "./words.js";

const MOST_PLACES = 2;

/**
 * `slip`: where it is put together; it is empty again as soon as it is printed, or somebody leaves. `here`: the office that
 * the screen stands in.
 */
export function attachSlip(slip, here) {
  let turn = 0;
  addEventListener("afterprint", leave);
  return { printGuide, printList, leave };

  function printGuide(guide) {
    return print(
      guide.guide_name,
      ...(guide.minded.length ? [make("p", {}, guide.minded.join(""))] : []),
      ...guide.sections.map(drawSection),
      make("p", { class: "note" }, [guide.sources.length ? words.basis(guide.sources) : "", words.appliesTo(guide.region_name)].filter(Boolean).join(" ")),
      code(guide.path),
    );
  }

  /** Without a code: a list is kept for whoever wants to take it along, and for nobody else. */
  async function printList(list) {
    const mine = ++turn;
    const { steps, materials = [], totals = {}, notes = [] } = list;
    const places = await placesOf(steps);
    if (mine !== turn) return;
    await print(
      list.title,
      make("p", {}, words.countOfSteps(steps.length)),
      make("ol", {}, ...steps.map((step) => drawStep(step, places))),
      materials.length ? make("h2", {}, words.materials) : "",
      materials.length ? make("ul", { class: "papers" }, ...materials.map(drawPaper)) : "",
      ...[totals.fee, totals.days ? words.longest(totals.days) : "", ...notes].filter(Boolean).map((line) => make("p", {}, line)),
    );
  }

  async function print(title, ...children) {
    slip.replaceChildren(make("h1", {}, title), ...children, make("p", { class: "note" }, words.printedAt(momentInWords(Date.now()), new Date().getFullYear())));
    document.body.dataset.prints = "slip";
    await Promise.all([...slip.querySelectorAll("img")].map((picture) => picture.decode().catch(() => picture.remove())));
    if (slip.childElementCount) window.print();
  }

  /** The step, where, what it costs, how long it takes: what is asked for at the counter and on the way there. */
  function drawStep(step, places) {
    const { order, guide_name: name, reason, urgent, office_ids: ids = [] } = step;
    const known = [...ids].sort((one, other) => (other === here) - (one === here)).map((id) => places.get(id)).filter(Boolean);
    return make(
      "li",
      {},
      make("strong", {}, `☐ ${order}. ${name}${urgent ? ` ${words.urgent}` : ""}`),
      ...[reason, factsOf(step)].filter(Boolean).map((line) => make("p", {}, line)),
      ...known.slice(0, MOST_PLACES).map(({ name: office, address }) => make("p", { class: "note" }, words.placeOf(office, address))),
    );
  }

  function leave() {
    turn += 1;
    slip.replaceChildren();
    delete document.body.dataset.prints;
  }
}

/** By id. Where they cannot be had, the rest is printed all the same. */
async function placesOf(steps) {
  if (!steps.some(({ office_ids: ids }) => ids?.length)) return new Map();
  const { offices } = await ask(inLanguage("/api/offices")).catch(() => ({ offices: [] }));
  return new Map(offices.map((office) => [office.office_id, office]));
}

function code(path) {
  return make("p", { class: "code-along" }, make("img", { src: qrOf(path), alt: "" }), words.scanToRead);
}

export const qrOf = (path) => `/api/kiosk/qr.svg?path=${encodeURIComponent(path)}`;
