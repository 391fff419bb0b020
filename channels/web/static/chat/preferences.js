/** Elder mode, extra-large text and high contrast: attributes on <html>, remembered on this device. */

const KEPT_AS = "wenban.display"; // early_preferences.js reads it before the first paint

/** `keepInPlace(change)` calls it, and keeps in view what is read. */
export function attachPreferences({ elderMode, extraLarge, highContrast }, keepInPlace = (change) => change()) {
  const root = document.documentElement;

  elderMode.addEventListener("click", () => set({ text: root.dataset.text ? "" : "large" }));
  extraLarge.addEventListener("click", () => set({ text: root.dataset.text === "extra" ? "large" : "extra" }));
  highContrast.addEventListener("click", () => set({ contrast: root.dataset.contrast ? "" : "high" }));
  show();

  function set(wished) {
    keepInPlace(() => {
      for (const [name, value] of Object.entries(wished)) {
        if (value) root.dataset[name] = value;
        else delete root.dataset[name];
      }
      show();
    });
    try {
      localStorage.setItem(KEPT_AS, JSON.stringify({ text: root.dataset.text, contrast: root.dataset.contrast }));
    } catch {
      // Not remembered where storage is closed; it still holds for this visit.
    }
  }

  function show() {
    elderMode.setAttribute("aria-pressed", String(Boolean(root.dataset.text)));
    extraLarge.hidden = !root.dataset.text;
    extraLarge.setAttribute("aria-pressed", String(root.dataset.text === "extra"));
    highContrast.setAttribute("aria-pressed", String(root.dataset.contrast === "high"));
  }
}

export function isElderMode() {
  return Boolean(document.documentElement.dataset.text);
}
