/** The field where citizens write. Enter sends, Shift+Enter makes a new line. */
import { keepWords, keptWords } from "./draft.js";
import { words } from "./words.js";

export const MOST_LETTERS = 1000;
const COUNT_FROM = 900;

/**
 * `suggestions.handleKey(event)` comes first: true where it has used the key up. `mayBeKept(text)`: it tells nothing about
 * who somebody is.
 */
export function attachComposer({ form, field, send, counter }, { onSend, suggestions, mayBeKept }) {
  field.addEventListener("input", () => {
    keepWords(mayBeKept(field.value) ? field.value : "");
    show();
  });
  field.addEventListener("keydown", (event) => {
    // While the input method composes, Enter takes a candidate. Safari reports it only by 229.
    if (event.isComposing || event.keyCode === 229) return;
    if (suggestions.handleKey(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      submit();
    }
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  addEventListener("resize", show);
  field.value ||= keptWords();
  show();
  return {
    clear,
    /** As if it had been typed. */
    write(text) {
      field.value = text;
      show();
      field.focus();
    },
    send(text) {
      field.value = text;
      submit();
    },
  };

  function clear() {
    field.value = "";
    keepWords("");
    suggestions.close();
    show();
  }

  function submit() {
    const text = field.value.trim();
    if (!text || lettersIn(field.value) > MOST_LETTERS) return;
    clear();
    onSend(text);
    // On a touch screen the keyboard would hide the answer.
    if (matchMedia("(pointer: coarse)").matches) field.blur();
    else field.focus();
  }

  function show() {
    const left = MOST_LETTERS - lettersIn(field.value);
    send.disabled = !field.value.trim() || left < 0;
    counter.hidden = left > MOST_LETTERS - COUNT_FROM;
    counter.textContent = left < 0 ? words.lettersOver(-left) : words.lettersLeft(left);
    counter.classList.toggle("over", left < 0);
    field.setAttribute("aria-invalid", String(left < 0));
    field.style.height = "auto";
    if (field.value) field.style.height = `${field.scrollHeight}px`; // a wrapping placeholder shall not make it grow
  }
}

/** As the service counts: characters, not UTF-16 units. */
function lettersIn(text) {
  return Array.from(text).length;
}
