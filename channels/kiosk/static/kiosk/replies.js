/** What the hall says, in large letters and large buttons. A reply without a drawing of its own is shown by its text. */
import { momentInWords } from "/hall-static/times.js";
import { make } from "/static/chat/dom.js";
import { offered } from "/static/chat/offered.js";
import { showText } from "/static/chat/plain_text.js";
import { keypad } from "./keypad.js";
import { tile, tileList } from "./tiles.js";
import { words } from "./words.js";

const DRAWN_BY_TYPE = { answer: drawAnswer, question: drawQuestion, openings: drawOpenings, appointment: drawAppointment, checklist: drawChecklist };
/** Whoever hears a label with such a mark in it hears two: then the numbers are said. */
const PARTS = /[，,、；;]/;
/** These have large buttons of their own, or are for somebody who comes back. */
const NOT_HERE = /^\/checklist\{.*"value": ?"(?:tick|drop|book)\b/;

/** `desk`: { choose(said), openGuide(guideId), printList(reply), takeList(reply), canPrint } */
export function drawReply(reply, desk) {
  return (DRAWN_BY_TYPE[reply.type] ?? drawText)(reply, desk);
}

/** Addresses are not led to: nobody comes back from them. */
const plainly = (text) => showText(text, String);

function drawText(reply, desk) {
  const { text, about } = offered(reply);
  return [said(plainly(text)), choices(reply.options, desk, { about })];
}

function drawAnswer(reply, desk) {
  const letters = Array.from(reply.text);
  const part = (from, to) => letters.slice(from, to).join("").trim();
  const { lead = 0, details_end: end = 0 } = reply;
  const isFolded = lead > 0 && end > lead;
  const details = isFolded
    ? make("details", { class: "details" }, make("summary", {}, words.details), make("div", {}, plainly(part(lead, end))))
    : null;
  const guide = reply.guide_id ? tile(words.openGuide, () => desk.openGuide(reply.guide_id), { kind: "low strong" }) : null;
  const suggestions = (reply.suggestions ?? []).map(({ label, payload }) => tile(label, () => desk.choose({ text: label, payload }), { kind: "low" }));
  return [
    said(
      reply.guide_name ? make("h2", {}, reply.guide_name) : null,
      plainly(isFolded ? part(0, lead) : lead ? part(0, lead) : reply.text),
      details,
      lead ? make("div", { class: "basis" }, plainly(part(isFolded ? end : lead))) : null,
    ),
    tileList(words.askOn, [guide, ...suggestions].filter(Boolean)),
  ];
}

function drawQuestion(reply, desk) {
  const { options = [], kind, progress } = reply;
  return [
    progress?.step ? make("p", { class: "hint" }, words.progress(progress.step, progress.of)) : null,
    said(plainly(offered(reply).text)),
    reply.scenario_id && (kind === "date" || kind === "number") ? keypad(kind, (text) => desk.choose({ text })) : null,
    kind === "multi" ? several(options, desk) : choices(options, desk, { isNumbered: kind === "single" }),
  ];
}

function drawOpenings(reply, desk) {
  const free = reply.openings.filter(({ payload }) => payload);
  const times = free.map(({ starts_at: at, left, payload }) =>
    tile(momentInWords(at), () => desk.choose({ text: momentInWords(at), payload }), { about: words.left(left), kind: "low" }),
  );
  return [said(plainly(reply.text)), tileList(words.times, times, "short"), choices(reply.options, desk)];
}

function drawAppointment(reply, desk) {
  const picture = /^\/api\/appointments\/\w+\/qr\.svg$/.test(reply.qr_url ?? "")
    ? make("img", { class: "qr", src: reply.qr_url, alt: words.codeOfBooking(reply.code) })
    : null;
  return [said(plainly(reply.text), picture), choices(reply.options, desk)];
}

function drawChecklist(reply, desk) {
  const { title, steps, materials = [], totals = {}, notes = [] } = reply;
  const others = (reply.options ?? []).filter(({ payload }) => !NOT_HERE.test(payload));
  return [
    tileList(
      words.takeAlong,
      [
        desk.canPrint ? tile(words.printList, () => desk.printList(reply), { kind: "low strong" }) : null,
        reply.page_url ? tile(words.takeList, () => desk.takeList(reply), { kind: "low strong" }) : null,
      ].filter(Boolean),
    ),
    said(
      make("h2", {}, title),
      make("ol", { class: "steps" }, ...steps.map((step) => drawStep(step, desk))),
      materials.length ? make("h3", {}, words.materials) : null,
      materials.length ? make("ul", { class: "papers" }, ...materials.map(drawPaper)) : null,
      ...[totals.fee, totals.days ? words.longest(totals.days) : "", ...notes].filter(Boolean).map((line) => make("p", {}, line)),
    ),
    tileList(
      words.waysOn,
      others.map(({ label, payload }) => tile(label, () => desk.choose({ text: label, payload }), { kind: "low" })),
    ),
  ];
}

/** Where it is done, what it costs, how long it takes: 到窗口办，免费，1个工作日. */
export function factsOf({ guide_id: guide, online, fee, days }) {
  const facts = [guide && (online ? words.online : words.inPerson), fee, days ? words.workingDays(days) : ""];
  return facts.filter(Boolean).map((fact) => fact.replace(/。$/, "")).join("，");
}

function drawStep(step, desk) {
  const { order, guide_id: guide, guide_name: name, reason, urgent, says = [] } = step;
  return make(
    "li",
    {},
    make("strong", {}, `${order}. ${name}`, urgent ? ` ${words.urgent}` : ""),
    ...[reason, factsOf(step), ...says].filter(Boolean).map((line) => make("p", {}, line)),
    guide ? make("button", { type: "button", onclick: () => desk.openGuide(guide) }, words.openGuideOf(name)) : null,
  );
}

export function drawPaper({ name, form, copies, only_when: when = [] }) {
  const details = [form, copies ? words.copies(copies) : "", when.join("、")].filter(Boolean).join("，");
  return make("li", {}, name, details ? make("span", { class: "note" }, `（${details}）`) : null);
}

function said(...children) {
  return make("div", { class: "said" }, ...children);
}

function choices(options, desk, { isNumbered = false, about = new Map() } = {}) {
  if (!options?.length) return null;
  const press = ({ label, payload }) => () => desk.choose({ text: label, payload });
  return tileList(words.choices, options.map((each, place) => tile(each.label, press(each), { place: isNumbered ? place + 1 : 0, about: about.get(each.label) })), about.size ? "wordy" : "");
}

/** Several may be picked; the last one, that it is none of them, stands alone. */
function several(options, desk) {
  const picked = new Set();
  const buttons = options.map((option) => tile(option.label, () => toggle(option)));
  const done = make("button", { type: "button", class: "main wide", onclick: send }, words.picked);
  draw();
  return make("div", { class: "several" }, tileList(words.severalChoices, buttons), done);

  function toggle(option) {
    const none = options.at(-1);
    if (picked.delete(option)) return draw();
    if (option === none) picked.clear();
    else picked.delete(none);
    picked.add(option);
    draw();
  }

  function draw() {
    buttons.forEach((button, place) => button.setAttribute("aria-pressed", String(picked.has(options[place]))));
    done.setAttribute("aria-disabled", String(!picked.size));
  }

  function send() {
    if (!picked.size) return;
    const chosen = options.filter((option) => picked.has(option));
    const labels = chosen.map(({ label }) => label);
    const hasParts = labels.some((label) => PARTS.test(label));
    // Nobody who pressed words reads numbers.
    desk.choose(hasParts ? { text: chosen.map((option) => options.indexOf(option) + 1).join("、"), shown: labels.join("；") } : { text: labels.join("、") });
  }
}
