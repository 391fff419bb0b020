/** Says, while a question is typed, what says the same already and whom else it may mean. */
const PAUSE_MS = 600;

export function watchQuestions(field) {
  const note = document.createElement("p");
  note.className = "help";
  note.setAttribute("role", "status");
  field.after(note);
  let waiting = 0;
  let asked = 0;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const number = ++asked;
      const line = field.value.slice(0, field.selectionEnd).split("\n").pop();
      const q = line.split("|")[0].trim();
      if (q.length < 4) return note.replaceChildren();
      const sent = new URLSearchParams({ q, guide_id: field.dataset.near, csrf: field.form.elements.csrf.value });
      const answer = await fetch("/console/knowledge/questions/near", { method: "POST", body: sent }).catch(() => null);
      if (number !== asked || !answer?.ok) return;
      const { said } = await answer.json();
      note.textContent = said.length ? `注意：${said.join("；")}。` : "";
    }, PAUSE_MS);
  });
}
