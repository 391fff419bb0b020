/**
 * A list of what is to be done, in its order, with a box for each: ticked here, ticked at the service, wherever the list
 * is shown next. A list that is kept nowhere is shown without boxes.
 */
import { make } from "./dom.js";
import { showSuggestions } from "./options.js";
import { foldedSources, showSources } from "./sources.js";
import { isTick } from "./ticks.js";
import { words } from "./words.js";


/** `desk`: { choose(said), tick(reply, payload) → the list as it is then, and what the hall says of it } */
export function checklistCard(reply, desk) {
  const said = make("p", { class: "note", "aria-live": "polite" });
  const element = make("article", { class: "checklist", "aria-label": reply.title, "aria-live": "off" });
  let isTicking = false;
  draw();
  return element;

  function draw() {
    const { title, steps, materials = [], totals = {}, notes = [], sources = [] } = reply;
    const atSteps = new Set(steps.flatMap((step) => (step.sources ?? []).map(keyOf)));
    const others = sources.filter((source) => !atSteps.has(keyOf(source)));
    element.replaceChildren(
      ...[
        make("h3", {}, title),
        make("ol", { class: "steps" }, ...steps.map(drawStep)),
        said,
        materials.length ? drawMaterials(materials) : null,
        ...[totals.fee, totals.days ? words.longest(totals.days) : "", ...notes].filter(Boolean).map((line) => make("p", {}, line)),
        pageOf(reply),
        others.length ? showSources(others) : null,
      ].filter(Boolean),
    );
  }

  function drawStep(step) {
    const { order, after = [], guide_id: item, guide_name: name, urgent, reason, who, online, fee, amount, days, says = [], sources = [], options = [], done } = step;
    const tick = options.find(({ payload }) => isTick(payload));
    const others = options.filter((option) => option !== tick);
    const facts = [
      after.length ? words.afterSteps(after) : "",
      who,
      item && (online ? words.online : words.inPerson),
      fee,
      days ? words.workingDays(days) : "",
    ];
    const heading = make("span", { class: "tick-words" }, make("span", {}, `${order}. ${name}`), urgent ? make("span", { class: "badge" }, words.urgent) : null);
    return make(
      "li",
      {},
      tick ? make("label", { class: "tick" }, boxOf(tick, step), heading) : make("p", {}, heading),
      make("p", { class: "note" }, [reason, facts.filter(Boolean).map(unended).join("，")].filter(Boolean).join("\n")),
      ...[amount, ...says].filter(Boolean).map((line) => make("p", { class: "note" }, line)),
      sources.length ? foldedSources(sources) : null,
      others.length ? showSuggestions(others, desk.choose, words.waysOnWith(name)) : null,
    );
  }

  function boxOf({ payload }, { step_id: stepId, done }) {
    const box = make("input", { type: "checkbox", checked: done, "data-step": stepId });
    box.addEventListener("change", () => tick(box, payload, stepId));
    return box;
  }

  async function tick(box, payload, stepId) {
    if (isTicking) return void (box.checked = !box.checked);
    isTicking = true;
    try {
      const now = await desk.tick(reply, payload);
      reply = now.list;
      draw();
      said.textContent = now.said;
      element.querySelector(`[data-step="${CSS.escape(stepId)}"]`)?.focus();
    } catch (refused) {
      box.checked = !box.checked;
      said.textContent = refused.message;
    }
    isTicking = false;
  }
}

/** Where it can be printed, and handed on. A path of ours, nothing else. */
export function pageOf({ page_url: page = "" }) {
  return /^\/checklists\/[\w-]+$/.test(page) ? make("p", {}, make("a", { href: page, target: "_blank", rel: "noopener" }, words.printList)) : null;
}

function keyOf({ title, article }) {
  return `${title}\n${article}`;
}

/** A sentence among others that commas part. */
function unended(fact) {
  return fact.replace(/。$/, "");
}

function drawMaterials(materials) {
  const lines = materials.map(({ name, form, copies, steps = [], only_when: when = [], given_by: givenBy, unverified, have }) => {
    const details = [
      form,
      copies ? words.copies(copies) : "",
      steps.length ? words.forSteps(steps) : "",
      when.join("、"),
      givenBy ? words.givenBy(givenBy) : "",
      unverified ? words.unverified : "",
    ];
    return make("li", {}, have ? `${words.have}${name}` : name, " ", make("span", { class: "caption" }, details.filter(Boolean).join("，")));
  });
  return make("details", { class: "more-sources" }, make("summary", {}, words.materials(materials.length)), make("ul", {}, ...lines));
}
