// A classic script: runs before the first paint, so that large text does not jump in. The rest is preferences.js.
(function () {
  try {
    var kept = JSON.parse(localStorage.getItem("wenban.display") || "{}");
    if (kept.text === "large" || kept.text === "extra") document.documentElement.dataset.text = kept.text;
    if (kept.contrast === "high") document.documentElement.dataset.contrast = "high";
  } catch (fault) {
    // Storage may be closed to us (private windows): the usual display will do.
  }
})();
