/** The code by touch on the keypad, or from a scanner, which types like a keyboard and ends with Enter. */
import { make } from "/static/chat/dom.js";
import { ALPHABET, CODE_LENGTH, withCharacter, withoutPrefix } from "./code.js";
import { words } from "./words.js";

const ERASE = "erase";

/** `isListening`: whether a scanner counts now. `onScanning`: a scanner or keyboard begins. `onCode`: a whole code is to be sent. `onTrouble`: a sentence. */
export function attachCodeEntry({ shown, keys, clear, send }, { isListening, onScanning, onCode, onTrouble }) {
  let code = "";
  let isTyping = false;
  let hasStrangers = false;

  for (const character of ALPHABET) keys.append(make("button", { type: "button", "data-key": character }, character));
  keys.append(make("button", { type: "button", "data-key": ERASE, "aria-label": words.eraseOne }, words.erase));
  keys.addEventListener("click", (event) => {
    const key = event.target.closest("button")?.dataset.key;
    if (!key) return;
    hasStrangers = false;
    if (key === ERASE) change(code.slice(0, -1));
    else if (code.length < CODE_LENGTH) change(code + key);
  });
  clear.addEventListener("click", empty);
  send.addEventListener("click", submit);
  document.addEventListener("keydown", hear);
  change("");
  return { empty };

  function hear(event) {
    if (!isListening() || document.querySelector("dialog[open]") || event.target.closest?.("input")) return;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const character = characterOf(event);
    if (event.key === "Enter" && isTyping) {
      // Otherwise Enter would also press whatever button has the focus.
      event.preventDefault();
      isTyping = false;
      submit();
    } else if (event.key === "Backspace") {
      change(code.slice(0, -1));
    } else if (character === ":") {
      change(withoutPrefix(code));
    } else if (character) {
      if (!isTyping) hasStrangers = false;
      onScanning();
      isTyping = true;
      if (ALPHABET.includes(character)) change(withCharacter(code, character));
      else hasStrangers = true;
    } else if (event.key !== "Shift" && event.key !== "Process") {
      isTyping = false;
    }
  }

  function submit() {
    if (hasStrangers) {
      empty();
      return onTrouble(words.notACode);
    }
    if (code.length === CODE_LENGTH) onCode(code);
    else onTrouble(words.codeLength);
  }

  function empty() {
    hasStrangers = false;
    isTyping = false;
    change("");
  }

  function change(changed) {
    code = changed;
    onTrouble("");
    const places = Array.from({ length: CODE_LENGTH }, (_, place) =>
      make("span", { class: code[place] ? "place filled" : "place", "aria-hidden": "true" }, code[place] ?? ""),
    );
    shown.replaceChildren(make("span", { class: "unseen" }, words.codeSoFar(code)), ...places);
    send.setAttribute("aria-disabled", String(code.length < CODE_LENGTH));
  }
}

/** A letter, digit or sign, also while an input method is on; empty for keys such as Tab. */
function characterOf(event) {
  if (event.key === "：") return ":";
  if (event.key.length === 1 && event.key !== " ") return event.key.toUpperCase();
  const [, fromKey] = /^(?:Key|Digit)([A-Z0-9])$/.exec(event.code) ?? [];
  return event.key === "Process" ? (fromKey ?? "") : "";
}
