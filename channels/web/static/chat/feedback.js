/** 有用 / 没用 under an answer, with a comment after 没用 for those who like to give one. */
import { postFeedback } from "./api.js";
import { icon, make } from "./dom.js";
import { words } from "./words.js";

/** `judged`: what was said about it before, if anything. Returns the two buttons and the line below them. */
export function feedbackOn(answerId, judged, onJudged) {
  const useful = judgement(words.useful, "useful", true);
  const useless = judgement(words.useless, "useless", false);
  const below = make("div", { class: "feedback-below", "aria-live": "polite" });
  if (judged !== undefined) show(judged);
  return { buttons: [useful, useless], below };

  function judgement(label, drawing, value) {
    const button = make("button", { type: "button", class: "tool", "aria-pressed": "false" }, icon(drawing), label);
    button.addEventListener("click", () => give(value, ""));
    return button;
  }

  async function give(value, comment) {
    const before = judged;
    show((judged = value));
    try {
      await postFeedback(answerId, value, comment);
    } catch (refused) {
      show((judged = before));
      below.replaceChildren(make("p", { class: "note" }, refused.message));
      return false;
    }
    onJudged(value);
    if (value || comment) thank();
    else below.replaceChildren(commentForm());
    return true;
  }

  function show(value) {
    useful.setAttribute("aria-pressed", String(value === true));
    useless.setAttribute("aria-pressed", String(value === false));
  }

  function thank() {
    below.replaceChildren(make("p", { class: "note" }, words.thanks));
  }

  function commentForm() {
    const field = make("input", { type: "text", maxlength: "500", "aria-label": words.whatWasWrong, placeholder: words.whatWasWrong });
    const submit = make("button", { type: "submit", class: "quiet strong" }, words.submit);
    const skip = make("button", { type: "button", class: "quiet" }, words.skip);
    const form = make("form", { class: "comment" }, field, submit, skip);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (submit.getAttribute("aria-disabled") === "true") return;
      submit.setAttribute("aria-disabled", "true");
      useless.focus();
      const comment = field.value.trim();
      if (comment) await give(false, comment);
      else thank();
    });
    skip.addEventListener("click", () => {
      useless.focus();
      thank();
    });
    return form;
  }
}
