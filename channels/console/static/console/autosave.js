/** Keeps what is typed in a draft, a moment after the last key. */
const PAUSE_MS = 1500;
/** Where a page came in the place of what was asked for: the status says why. */
const SAID_OTHERWISE = {
  401: "登录已经到时间了，还没存进草稿。按保存，重新登录后您写的还在。",
  403: "现在不能自动存进草稿。按保存，看看是为什么。",
  413: "写得太长了，还没存进草稿。",
  429: "存得太快了，还没存进草稿；您写的还在。",
  of_all: "还没存进草稿；您写的还在。",
};

export function keepTyped(form) {
  const note = form.querySelector("[data-autosaved]");
  let waiting = 0;
  let last = Promise.resolve();
  const keep = async () => {
    const typed = new FormData(form);
    typed.set("auto", "1");
    try {
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(typed), redirect: "manual" });
      const isTold = answer.headers.get("content-type")?.startsWith("application/json");
      if (!isTold) {
        note.textContent = SAID_OTHERWISE[answer.status] ?? SAID_OTHERWISE.of_all;
        return;
      }
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
