/** What was begun in the field and not sent: it survives a reload, and ends with the conversation. */

const KEPT_AS = "wenban.draft";

export function keepWords(text) {
  try {
    if (text) sessionStorage.setItem(KEPT_AS, text);
    else sessionStorage.removeItem(KEPT_AS);
  } catch {
    // Then it does not survive.
  }
}

export function keptWords() {
  try {
    return sessionStorage.getItem(KEPT_AS) ?? "";
  } catch {
    return "";
  }
}
