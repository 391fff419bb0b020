/** What the browser keeps for this page. Widgets of one site keep apart what is theirs. */
import { keptApart } from "./caller.js";

const OURS = keptApart ? `wenban.${keptApart}.` : "wenban.";

/** Survives a reload, ends with the tab. */
export const inThisTab = shelf(() => sessionStorage);
export const onThisDevice = shelf(() => localStorage);

// Even naming a storage throws where it is closed to the page: then nothing is kept, and all goes on.
function shelf(storage) {
  return {
    get(name) {
      try {
        return storage().getItem(OURS + name) ?? "";
      } catch {
        return "";
      }
    },
    /** `""` takes it away. */
    set(name, value) {
      try {
        if (value) storage().setItem(OURS + name, value);
        else storage().removeItem(OURS + name);
      } catch {
        // Full, or closed.
      }
    },
  };
}
