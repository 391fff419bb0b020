/** A second click while the first is under way does nothing. */
import { sayNothing, sayTrouble } from "./notice.js";

/** `task` runs unless it runs already; its fault is said. `buttons` are shown as resting meanwhile. */
export function once(buttons, task) {
  let isBusy = false;
  return async (...given) => {
    if (isBusy) return;
    isBusy = true;
    for (const button of buttons) button.setAttribute("aria-disabled", "true");
    sayNothing();
    try {
      await task(...given);
    } catch (fault) {
      sayTrouble(fault.message);
    } finally {
      isBusy = false;
      for (const button of buttons) button.removeAttribute("aria-disabled");
    }
  };
}

/** A form that is sent once, and never by the browser itself. */
export function onSubmit(form, task) {
  const send = once(form.querySelectorAll("button"), task);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
}

/** A button that asks back before it does something: a second press does it, turning away forgets it. */
export function askBack(button, sure, task) {
  const usual = button.textContent;
  const forget = () => {
    button.textContent = usual;
    delete button.dataset.sure;
  };
  const act = once([button], task);
  button.addEventListener("click", () => {
    if (button.dataset.sure) return act();
    button.dataset.sure = "yes";
    button.textContent = sure;
  });
  button.addEventListener("blur", forget);
  return button;
}
