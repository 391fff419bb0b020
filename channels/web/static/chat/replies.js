/**
 * One reply of the hall as elements. A type without a drawing of its own is shown by its text, which is always
 * complete. New types join by one entry in DRAWN_BY_TYPE.
 */
import { answerTools } from "./answer_tools.js";
import { appointmentCard } from "./appointment_card.js";
import { bubble, progressOf } from "./bubble.js";
import { checklistCard, pageOf } from "./checklist_card.js";
import { icon, make, unseen } from "./dom.js";
import { fieldsForm, withoutExample } from "./fields_form.js";
import { foldedText, foldedUnder } from "./folding.js";
import { nearestButton } from "./nearest.js";
import { offered } from "./offered.js";
import { drawOpenings } from "./openings.js";
import { showOptions, showSuggestions } from "./options.js";
import { showText } from "./plain_text.js";
import { isElderMode } from "./preferences.js";
import { withPrivate } from "./private.js";
import { dayForm, numberForm, severalForm } from "./several.js";
import { showSources, withoutAttribution } from "./sources.js";
import { drawCase, drawHandover } from "./standing.js";
import { ticketCard } from "./ticket_card.js";
import { words } from "./words.js";

/** The kind of what the page itself has to say. */
const PAGE = "page";
/** The card has buttons of its own for these. */
const ON_THE_CARD = /^\/(check_in|reschedule|cancel)\{/;

const DRAWN_BY_TYPE = {
  answer: drawAnswer,
  choices: drawChoices,
  question: drawQuestion,
  openings: drawOpenings,
  appointment: drawAppointment,
  ticket: drawTicket,
  notice: drawNotice,
  checklist: drawChecklist,
  handover: drawHandover,
  case: drawCase,
};

/** What a scenario asks for that is no choice. In a booking it is said in words, in whatever form. */
const INPUTS = { date: dayForm, number: numberForm };

/** `desk`: { choose(said), tick(list, payload), judged(answerId), judge(answerId, useful), outcome } */
export function drawReply(reply, desk) {
  return (DRAWN_BY_TYPE[reply.type] ?? drawText)(reply, desk);
}

function drawText(reply, desk) {
  return bubble(desk.outcome, showText(reply.text));
}

function drawAnswer(reply, desk) {
  const { text, regionName } = withoutAttribution(reply.text, reply.sources ?? []);
  const body = bubble(desk.outcome, reply.guide_name ? make("h2", { class: "item" }, reply.guide_name) : null, ...foldedText(text, reply.lead));
  if (reply.sources?.length) {
    const sources = showSources(reply.sources, regionName);
    body.append(isShortened(reply) ? foldedUnder(words.basis, sources) : sources);
  }
  const place = statementPath(reply);
  if (place) body.append(make("p", { class: "to-statement" }, make("a", { href: place, target: "_blank", rel: "noopener" }, words.inTheGuide, unseen(words.newWindow))));
  body.append(answerTools(reply, desk.judged(reply.answer_id), (useful) => desk.judge(reply.answer_id, useful)));
  return around(body, reply.suggestions?.length ? showSuggestions(reply.suggestions, desk.choose) : null);
}

/** In elder mode the hall leaves out the details; what the answer rests on then waits behind a button of its own. */
const isShortened = ({ lead, details_end: end }) => isElderMode() && lead > 0 && lead === end;

/** Where the sentence stands in its guide; a path of ours, nothing else. */
function statementPath({ fact, region = "" }) {
  const [, guide, statement] = /^([a-z0-9-]+)\/([a-z0-9-]+)$/.exec(fact?.statement_id ?? "") ?? [];
  return guide ? `/guides/${guide}?region=${encodeURIComponent(region)}#${statement}` : "";
}

function drawChoices(reply, desk) {
  const { text, about } = offered(reply);
  return around(bubble(desk.outcome, showText(text)), showOptions(reply.options, desk.choose, { about }));
}

function drawQuestion(reply, desk) {
  const { options = [], fields = [], form, node, kind } = reply;
  const { text } = offered(reply);
  const buttons = options.length ? optionsOf(kind, options, desk) : null;
  const inputs = fields.length ? fieldsForm(fields, (said) => desk.choose({ text: said })) : null;
  return around(
    bubble(desk.outcome, progressOf(reply), ...withPrivate(inputs ? withoutExample(text) : text, reply.private)),
    form === "booking" && node === "office" ? nearestButton(desk.choose) : null,
    reply.scenario_id && INPUTS[kind] ? INPUTS[kind](desk.choose) : null,
    ...(options.length > 1 ? [buttons, inputs] : [inputs, buttons]),
  );
}

function optionsOf(kind, options, desk) {
  return kind === "multi" ? severalForm(options, desk.choose) : showOptions(options, desk.choose, { numbered: kind === "single" });
}

/** The text says it all to those who hear the page; the card shows it, and its first words what has just happened. */
function drawAppointment(reply, desk) {
  if (!reply.code || !reply.starts_at) return drawText(reply, desk);
  const [, happened = ""] = /^([^：\n]{2,12})：/.exec(reply.text) ?? [];
  const others = (reply.options ?? []).filter(({ payload }) => !ON_THE_CARD.test(payload));
  return around(
    unseen(words.hall + reply.text),
    happened ? make("p", { class: "happened", "aria-hidden": "true" }, icon("done"), happened) : null,
    appointmentCard(reply),
    others.length ? showSuggestions(others, desk.choose, words.waysOn) : null,
  );
}

function drawTicket(reply, desk) {
  if (!reply.code) return drawText(reply, desk);
  return around(unseen(words.hall + reply.text), ticketCard(reply));
}

/** The text says it all, for those who hear it; the card has a box for each step. */
function drawChecklist(reply, desk) {
  const { steps = [], options = [] } = reply;
  const onTheCard = new Set(steps.flatMap((step) => (step.options ?? []).map(({ payload }) => payload)));
  const others = options.filter(({ payload }) => !onTheCard.has(payload));
  const shown = steps.length ? [unseen(words.hall + reply.text), checklistCard(reply, desk)] : [bubble(desk.outcome, showText(reply.text), pageOf(reply))];
  return around(...shown, others.length ? showSuggestions(others, desk.choose, words.waysOn) : null);
}

function drawNotice(reply, desk) {
  if (reply.kind === PAGE) return make("div", { class: "notice" }, showText(reply.text));
  return around(
    make("div", { class: "bubble from-hall pushed" }, unseen(words.hall), showText(reply.text)),
    reply.options?.length ? showSuggestions(reply.options, desk.choose, words.waysOn) : null,
  );
}

function around(...children) {
  const shown = document.createDocumentFragment();
  shown.append(...children.filter(Boolean));
  return shown;
}
