/** Keeps what is typed in a draft, a moment after the last key. */
const PAUSE_MS = 1500;

export function keepTyped(form) {
  const note = form.querySelector("[data-autosaved]");
  let waiting = 0;
  let last = Promise.resolve();
  const keep = async () => {
    const typed = new FormData(form);
    typed.set("auto", "1");
    try {
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(typed), redirect: "manual" });
      const told = await answer.json();
      note.textContent = told.said;
      if (answer.ok) form.elements.seen.value = told.seen;
    } catch {
      note.textContent = "连不上，还没存进草稿；您写的还在。";
    }
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      last = last.then(keep);
    }, PAUSE_MS);
  });
  form.addEventListener("submit", () => clearTimeout(waiting));
}
