/**
 * One reply of the hall as elements. A type without a drawing of its own is shown by its text, which is always
 * complete. New types (openings, appointment, ticket …) join by one entry in DRAWN_BY_TYPE.
 */
import { answerTools } from "./answer_tools.js";
import { make, unseen } from "./dom.js";
import { showOptions, showSuggestions } from "./options.js";
import { showText } from "./plain_text.js";
import { showSources, withoutAttribution } from "./sources.js";
import { words } from "./words.js";

const DRAWN_BY_TYPE = {
  answer: drawAnswer,
  choices: drawChoices,
  question: drawQuestion,
  notice: drawNotice,
};

/** `desk`: { choose(said), judged(answerId), judge(answerId, useful), outcome } */
export function drawReply(reply, desk) {
  return (DRAWN_BY_TYPE[reply.type] ?? drawText)(reply, desk);
}

function drawText(reply, desk) {
  return bubble(desk.outcome, showText(reply.text));
}

function drawAnswer(reply, desk) {
  const { text, regionName } = withoutAttribution(reply.text, reply.sources ?? []);
  const body = bubble(desk.outcome, reply.guide_name ? make("h2", { class: "item" }, reply.guide_name) : null, showText(text));
  if (reply.sources?.length) body.append(showSources(reply.sources, regionName));
  body.append(answerTools(reply, desk.judged(reply.answer_id), (useful) => desk.judge(reply.answer_id, useful)));
  return around(body, reply.suggestions?.length ? showSuggestions(reply.suggestions, desk.choose) : null);
}

function drawChoices(reply, desk) {
  return around(bubble(desk.outcome, showText(withoutOptions(reply))), showOptions(reply.options, desk.choose));
}

function drawQuestion(reply, desk) {
  const { step, of } = reply.progress ?? {};
  const progress = step ? make("p", { class: "caption" }, words.progress(step, of)) : null;
  const pickable = reply.kind === "single" && reply.options?.length;
  const body = bubble(desk.outcome, progress, showText(pickable ? withoutOptions(reply) : reply.text));
  return around(body, pickable ? showOptions(reply.options, desk.choose) : null);
}

function drawNotice(reply) {
  return make("div", { class: "notice" }, showText(reply.text));
}

function bubble(outcome, ...children) {
  return make("div", { class: `bubble from-hall${outcome ? ` outcome-${outcome}` : ""}` }, unseen(words.hall), ...children);
}

function around(...children) {
  const shown = document.createDocumentFragment();
  shown.append(...children.filter(Boolean));
  return shown;
}

/** The text lists the options for doors without buttons; beside the buttons it would say them twice. */
function withoutOptions({ text, options }) {
  const labels = new Set(options.map((option) => option.label));
  const lines = text.split("\n").filter((line) => !labels.has(line.replace(/^(\d{1,2}[.、]|[·•])\s*/, "")));
  return lines.join("\n") || text;
}
