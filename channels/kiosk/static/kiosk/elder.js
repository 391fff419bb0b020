/** Elder mode: larger type, shorter answers, more time. It ends with the citizen who chose it. */

const root = document.documentElement;
const LONGER = 2;

export const isElder = () => Boolean(root.dataset.text);

/** By how much longer the screen waits for somebody. */
export const patience = () => (isElder() ? LONGER : 1);

export function attachElderMode(button) {
  button.addEventListener("click", () => show(!isElder()));
  return { leave: () => show(false) };

  function show(isOn) {
    if (isOn) root.dataset.text = "large";
    else delete root.dataset.text;
    button.setAttribute("aria-pressed", String(isOn));
  }
}
