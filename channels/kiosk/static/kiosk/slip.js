/** A narrow slip of paper to take along: what to bring for one thing, or the list of a life event. Nobody's name is on it. */
import { momentInWords } from "/hall-static/times.js";
import { make } from "/static/chat/dom.js";
import { drawSection } from "./guide.js";
import { drawPaper } from "./replies.js";
import { words } from "./words.js";

/** `slip`: where it is put together; it is empty again as soon as it is printed, or somebody leaves. */
export function attachSlip(slip) {
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
  function printList(list) {
    const { steps, materials = [], totals = {}, notes = [] } = list;
    return print(
      list.title,
      make("ol", {}, ...steps.map(({ order, guide_name: name, reason, urgent }) => make("li", {}, make("strong", {}, `☐ ${order}. ${name}${urgent ? ` ${words.urgent}` : ""}`), make("p", {}, reason)))),
      materials.length ? make("h2", {}, words.materials) : "",
      materials.length ? make("ul", { class: "papers" }, ...materials.map(drawPaper)) : "",
      ...[totals.fee, totals.days ? words.longest(totals.days) : "", ...notes].filter(Boolean).map((line) => make("p", {}, line)),
    );
  }

  async function print(title, ...children) {
    slip.replaceChildren(make("h1", {}, title), ...children, make("p", { class: "note" }, words.printedAt(momentInWords(Date.now()))));
    document.body.dataset.prints = "slip";
    await Promise.all([...slip.querySelectorAll("img")].map((picture) => picture.decode().catch(() => picture.remove())));
    if (slip.childElementCount) window.print();
  }

  function leave() {
    slip.replaceChildren();
    delete document.body.dataset.prints;
  }
}

function code(path) {
  return make("p", { class: "code-along" }, make("img", { src: qrOf(path), alt: "" }), words.scanToRead);
}

export const qrOf = (path) => `/api/kiosk/qr.svg?path=${encodeURIComponent(path)}`;
