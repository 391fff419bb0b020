/**
 * The region whose rules apply. The service keeps it with the conversation, where the citizen may also change it in
 * words (我在北屏区). So the page sends it only with the first message and after a change by hand, and follows the
 * answers otherwise.
 */

const KEPT_AS = "wenban.region";
const SENT_AS = "wenban.region.sent";

export function attachRegion(select, { onChange }) {
  const kept = read(() => localStorage, KEPT_AS);
  if (kept) choose(kept);
  let unsent = read(() => sessionStorage, SENT_AS) !== select.value;

  select.addEventListener("change", () => {
    write(() => localStorage, KEPT_AS, select.value);
    unsent = true;
    onChange(select.selectedOptions[0].textContent);
  });

  return {
    /** Undefined where the service knows already. */
    toSend: () => (unsent ? select.value : undefined),
    received(code) {
      if (code !== select.value) return;
      unsent = false;
      write(() => sessionStorage, SENT_AS, code);
    },
    /** An answer was given for this region: unless the citizen has just chosen another, show it. */
    follow(code) {
      if (unsent || !choose(code)) return;
      write(() => sessionStorage, SENT_AS, code);
    },
  };

  function choose(code) {
    const option = [...select.options].find((each) => each.value === code);
    if (option) option.selected = true;
    return Boolean(option);
  }
}

// Even naming a storage throws where it is closed to the page.
function read(storage, key) {
  try {
    return storage().getItem(key);
  } catch {
    return null;
  }
}

function write(storage, key, value) {
  try {
    storage().setItem(key, value);
  } catch {
    // It holds for this page only.
  }
}
