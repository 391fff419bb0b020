/** 清空对话, and its undoing: until the conversation goes on, without a time limit. */

/** `onClear()` empties the log and returns a function that puts everything back. */
export function attachClearing({ clear, cleared, undo }, onClear) {
  let putBack = null;

  clear.addEventListener("click", () => {
    putBack = onClear();
    clear.hidden = true;
    cleared.hidden = false;
    undo.focus();
  });
  undo.addEventListener("click", () => {
    putBack?.();
    conversationGoesOn();
    clear.focus();
  });

  return { conversationGoesOn };

  /** There is something to clear, and no longer anything to undo. */
  function conversationGoesOn() {
    putBack = null;
    cleared.hidden = true;
    clear.hidden = false;
  }
}
