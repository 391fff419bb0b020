/** The emergency notice: the service draws it into the page, and a page that stays open asks for it now and then. */

const EVERY_MS = 60_000;

export function watchEmergency() {
  const place = document.querySelector(".emergency");
  setInterval(async () => {
    try {
      const response = await fetch("/api/notice", { cache: "no-store" });
      if (!response.ok) return;
      const text = (await response.json()).notice?.text ?? "";
      if (place.textContent !== text) place.textContent = text;
      place.hidden = !text;
    } catch {
      // The page says of itself when the line is broken.
    }
  }, EVERY_MS);
}
