/** The kiosk's key: staff enter it once. Until then the screen tells citizens where else to go. */
import { ask } from "/hall-static/ask.js";
import { sayTrouble } from "./screens.js";

const DOOR = "/api/kiosk/key";

/** `onDone`: the key was right, and the browser keeps what proves it. */
export function attachSetUp({ form, key, trouble }, { onDone }) {
  let isBusy = false;

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isBusy) return;
    isBusy = true;
    sayTrouble(trouble, "");
    try {
      await ask(DOOR, { body: { key: key.value } });
      leave();
      onDone();
    } catch (fault) {
      sayTrouble(trouble, fault.message);
    } finally {
      isBusy = false;
    }
  });

  /** Whoever cannot be asked now will say so when the first number is taken. */
  const isNeeded = () => ask(DOOR).then((answer) => !answer.set_up, () => false);

  function leave() {
    key.value = "";
    sayTrouble(trouble, "");
  }

  return { isNeeded, leave, isBegun: () => key.value !== "" };
}
