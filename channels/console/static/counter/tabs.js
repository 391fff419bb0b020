/** One panel at a time. */

/** By the panel's name: `onOpen`, what is to be fetched anew; `onLeave`, what is not to be left there. */
export function attachTabs(tabs, onOpen, onLeave = {}) {
  const buttons = [...tabs.querySelectorAll("[data-panel]")];
  let shown = "";

  tabs.addEventListener("click", (event) => {
    const name = event.target.closest("[data-panel]")?.dataset.panel;
    if (name) open(name);
  });

  function open(name) {
    if (name !== shown) onLeave[shown]?.();
    shown = name;
    tabs.hidden = name === "";
    for (const { dataset } of buttons) document.getElementById(dataset.panel).hidden = dataset.panel !== name;
    for (const button of buttons) {
      if (button.dataset.panel === name) button.setAttribute("aria-current", "page");
      else button.removeAttribute("aria-current");
    }
    onOpen[name]?.();
  }

  return { open, close: () => open(""), isShown: (name) => shown === name };
}
