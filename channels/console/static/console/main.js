/** What helps at every page of the console; none of it is needed to work. */
import { keepTyped } from "./autosave.js";
import { watchQuestions } from "./near.js";

for (const form of document.querySelectorAll("form[data-autosave]")) keepTyped(form);
for (const field of document.querySelectorAll("textarea[data-near]")) watchQuestions(field);

// A form that is sent twice by a double click would do it twice.
document.addEventListener("submit", (event) => {
  const form = event.target;
  const asks = event.submitter?.dataset.asks ?? form.dataset.asks;
  if (asks && !window.confirm(asks)) {
    event.preventDefault();
    return;
  }
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  if (form.method === "post") {
    form.dataset.sent = "1";
    delete form.dataset.changed;
  }
});
// Who comes back by the browser's arrow may send it once more.
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});

// Back as the browser goes back: what was typed there is still in the form.
document.querySelector("[data-back]")?.addEventListener("click", (event) => {
  if (history.length < 2) return;
  event.preventDefault();
  history.back();
});

// Who leaves a form that she changed is asked first.
document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form?.matches("[data-guard]")) form.dataset.changed = "1";
});
window.addEventListener("beforeunload", (event) => {
  if (document.querySelector("form[data-changed]")) event.preventDefault();
});

// A slash leads into the search of a list.
document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest("input, select, textarea, [contenteditable]");
  if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
  const search = document.querySelector("[data-search]");
  if (!search) return;
  event.preventDefault();
  search.focus();
});

const wrongs = document.querySelector(".wrongs");
if (wrongs) wrongs.focus();
