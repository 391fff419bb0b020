/**
 * The page around this frame: it shows and hides us, and how many replies are unread. Nothing that was said ever goes
 * there. `site`: its origin, as the loader has it; whoever else is there hears nothing, and is not heard.
 */
import { said } from "/static/chat/caller.js";

/** `onShow({ unread, isAskedFor })`: it is in view; by the citizen's own wish, or as it was on the page before. */
export function talkWithSite({ onShow }) {
  const site = said("site");
  let isOpen = false;
  let unread = 0;
  addEventListener("message", ({ source, origin, data }) => {
    if (source !== parent || origin !== site || typeof data?.isOpen !== "boolean") return;
    isOpen = data.isOpen;
    if (!isOpen) return;
    onShow({ unread, isAskedFor: data.isAskedFor });
    unread = 0;
  });
  // First in the page: whatever Escape closes here is still open then, and it is not meant for all of us.
  document.addEventListener("keydown", leave, { capture: true });
  tell({ isReady: true });
  const root = document.documentElement;
  tellSize();
  new MutationObserver(tellSize).observe(root, { attributeFilter: ["data-text"] });
  return {
    countNews() {
      if (isOpen) return;
      unread += 1;
      tell({ unread });
    },
  };

  /** Its button for closing is as large as ours. */
  function tellSize() {
    tell({ isLarge: Boolean(root.dataset.text) });
  }

  function leave({ key, isComposing, keyCode }) {
    if (key !== "Escape" || isComposing || keyCode === 229) return;
    if (!document.querySelector("dialog[open], [aria-expanded=true]")) tell({ wantsToClose: true });
  }

  function tell(what) {
    if (site) parent.postMessage(what, site);
  }
}
