/** Elder mode: larger type, more time. It ends with the citizen who chose it. */

const root = document.documentElement;
const LONGER = 2;

/** By how much longer the screen waits for somebody. */
export const patience = () => (root.dataset.text ? LONGER : 1);

export function attachElderMode(button) {
  button.addEventListener("click", () => show(!root.dataset.text));
  return { leave: () => show(false), isOn: () => Boolean(root.dataset.text) };

  function show(isElder) {
    if (isElder) root.dataset.text = "large";
    else delete root.dataset.text;
    button.setAttribute("aria-pressed", String(isElder));
  }
}
