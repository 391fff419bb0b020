/** What can be done with an answer: judge it, hear it, copy it, hand it on. */
import { widget } from "./caller.js";
import { icon, make } from "./dom.js";
import { feedbackOn } from "./feedback.js";
import { canReadAloud, readAloudButton } from "./read_aloud.js";
import { words } from "./words.js";

const SHOWN_MS = 2000;

export function answerTools(reply, judged, onJudged) {
  const feedback = feedbackOn(reply.answer_id, judged, onJudged);
  const tools = [...feedback.buttons];
  if (canReadAloud()) tools.push(readAloudButton(reply.text));
  // Browsers give the clipboard to secure pages only.
  if (navigator.clipboard) tools.push(copyButton(reply.text));
  // Phones hand a text on, but not out of a frame of another site.
  if (navigator.share && !widget) tools.push(shareButton(reply));
  // The log announces what is added; these buttons under every answer would be mere noise.
  return make("div", { class: "tools", "aria-live": "off" }, make("div", { class: "tool-row" }, ...tools), feedback.below);
}

function copyButton(text) {
  const label = make("span", {}, words.copy);
  const button = make("button", { type: "button", class: "tool" }, icon("copy"), label);
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text);
      label.textContent = words.copied;
    } catch {
      label.textContent = words.notCopied;
    }
    setTimeout(() => (label.textContent = words.copy), SHOWN_MS);
  });
  return button;
}

function shareButton({ guide_name: title, text }) {
  // Refused where the citizen thinks better of it.
  const share = () => navigator.share({ title, text }).catch(() => {});
  return make("button", { type: "button", class: "tool", onclick: share }, icon("share"), words.share);
}
