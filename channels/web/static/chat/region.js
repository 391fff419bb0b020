/**
 * The region whose rules apply. The service keeps it with the conversation, where the citizen may also change it in
 * words (我在北屏区). So the page sends it only with the first message and after a change by hand, and follows the
 * answers otherwise.
 */
import { said } from "./caller.js";
import { inThisTab, onThisDevice } from "./kept.js";

const CHOSEN = "region";
const SENT = "region.sent";

export function attachRegion(select, { onChange }) {
  const first = onThisDevice.get(CHOSEN) || said("region");
  if (first) choose(first);
  let unsent = inThisTab.get(SENT) !== select.value;

  select.addEventListener("change", () => {
    onThisDevice.set(CHOSEN, select.value);
    unsent = true;
    onChange(select.selectedOptions[0].textContent);
  });

  return {
    /** Undefined where the service knows already. */
    toSend: () => (unsent ? select.value : undefined),
    received(code) {
      if (code !== select.value) return;
      unsent = false;
      inThisTab.set(SENT, code);
    },
    /** An answer was given for this region: unless the citizen has just chosen another, show it. */
    follow(code) {
      if (unsent || !choose(code)) return;
      inThisTab.set(SENT, code);
    },
  };

  function choose(code) {
    const option = [...select.options].find((each) => each.value === code);
    if (option) option.selected = true;
    return Boolean(option);
  }
}
