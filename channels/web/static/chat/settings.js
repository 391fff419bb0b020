/** On a phone the settings wait behind a button: the header leaves the room to the answer. */

export function attachSettings({ opener, panel }) {
  opener.addEventListener("click", () => show(!isOpen()));
  panel.addEventListener("change", () => show(false)); // a region was chosen
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !isOpen()) return;
    show(false);
    opener.focus();
  });
  document.addEventListener("pointerdown", ({ target }) => {
    if (!panel.contains(target) && !opener.contains(target)) show(false);
  });

  function isOpen() {
    return opener.getAttribute("aria-expanded") === "true";
  }

  function show(isOpenNow) {
    opener.setAttribute("aria-expanded", String(isOpenNow));
    panel.classList.toggle("open", isOpenNow);
  }
}
