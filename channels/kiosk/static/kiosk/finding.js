/** What can be found by touch alone: common items, themes with their items, life events; and the field to ask in words. */
import { ask } from "/hall-static/ask.js";
import { inLanguage } from "/static/chat/language.js";
import { sayTrouble, show } from "./screens.js";
import { fillTiles, tile } from "./tiles.js";
import { words } from "./words.js";

/** `onGuide(guideId)`, `onEvent(scenarioId, title)`: one was chosen. */
export function attachFinding({ popular, trouble, again, themes, theme, themeName, events, toThemes, toEvents }, { onGuide, onEvent }) {
  let turn = 0;

  async function open() {
    const mine = ++turn;
    show("find");
    again.hidden = true;
    sayTrouble(trouble, "");
    try {
      const offered = await ask(inLanguage("/api/kiosk/find"));
      if (mine === turn) fill(offered);
    } catch (fault) {
      if (mine !== turn) return;
      sayTrouble(trouble, fault.message);
      again.hidden = false;
    }
  }

  function fill(offered) {
    const guideTile = ({ guide_id: id, guide_name: name }) => tile(name, () => onGuide(id));
    fillTiles(popular, offered.popular.map(guideTile));
    fillTiles(
      themes,
      offered.themes.map(({ theme: name, guides }) =>
        tile(name, () => openTheme(name, guides.map(guideTile)), { about: words.countOfGuides(guides.length) }),
      ),
    );
    fillTiles(events, offered.scenarios.map(({ scenario_id: id, title }) => tile(title, () => onEvent(id, title))));
  }

  function openTheme(name, tiles) {
    themeName.textContent = name;
    fillTiles(theme, tiles);
    show("theme");
  }

  function leave() {
    turn += 1;
    for (const list of [popular, themes, theme, events]) list.replaceChildren();
    themeName.textContent = "";
  }

  again.addEventListener("click", open);
  toThemes.addEventListener("click", () => show("themes"));
  toEvents.addEventListener("click", () => show("events"));
  return { open, leave };
}
