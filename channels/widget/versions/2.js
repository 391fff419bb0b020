/**
 * 问办 on any page: a button, and behind it the conversation in a frame of our own origin. Given out under this number it
 * never changes again (docs/adr/0052): what is to be different becomes the next number.
 *
 * Nothing is asked of the page: no style of its own, no inline code, no global name. Whatever it says of all elements stops
 * at `all: initial !important` on ours, since in a shadow root `!important` counts for more than outside. What it does to its
 * own root (transform, filter, containment) moves and cuts whatever is fixed in it, but nothing in the browser's top layer.
 */
(() => {
  const NAME = "wenban-widget";
  const WAIT_MS = 15000;
  const WORDS = {
    "zh-Hans": { name: "问办", close: "关闭", opening: "正在打开…", notOpen: "没有打开，请检查网络后再试。", again: "再试一次", unread: " 条新消息", between: "，" },
    "zh-Hant": { name: "問辦", close: "關閉", opening: "正在打開…", notOpen: "沒有打開，請檢查網絡後再試。", again: "再試一次", unread: " 條新消息", between: "，" },
    en: { name: "Wenban", close: "Close ", opening: "Opening…", notOpen: "It did not open. Please check the network and try again.", again: "Try again", unread: " new", between: ", " },
  };
  const tag = document.currentScript;
  if (!tag) throw new Error("问办: <script src=…/wenban.js> without type=module");
  const given = tag.dataset;
  const lang = WORDS[given.lang] ? given.lang : "";
  const words = WORDS[lang || "zh-Hans"];
  const title = given.title || words.name;
  const color = legible(given.color);
  const side = given.position === "left" ? "left" : "right";
  const service = new URL(tag.src).origin;
  // By the tag's place on the page, whichever of them comes first over the line.
  const tags = [...document.scripts].filter((each) => each.src.startsWith(`${service}/widget`));
  const name = /^[a-z0-9]{1,16}$/.test(given.name || "") ? given.name : String(tags.indexOf(tag) + 1);
  const lifted = document.querySelectorAll(`${NAME}[side=${side}]`).length * 72;
  const src = `${service}/widget/chat?${new URLSearchParams({ name, title: given.title || "", color, region: given.region || "", site: location.origin, site_lang: lang })}`;
  const KEPT_AS = `wenban.widget.${name}`;
  const isNarrow = matchMedia("(max-width: 480px), (max-height: 480px)");

  const css = `
:host { all: initial !important; display: contents !important; direction: ltr !important }
[hidden] { display: none !important }
button { position: fixed; inset: auto; ${side}: 16px; bottom: max(${16 + lifted}px, env(safe-area-inset-bottom)); z-index: 2147483646;
  box-sizing: border-box; display: flex; align-items: center; gap: 8px; max-width: 264px; height: 56px; margin: 0; padding: 0 20px 0 16px; overflow: visible;
  border: 2px solid #fff; border-radius: 28px; background: ${color}; color: #fff; box-shadow: 0 2px 12px rgb(0 0 0 / 35%);
  font: 600 16px/1.5 system-ui, "PingFang SC", "Microsoft YaHei", sans-serif; cursor: pointer }
button:focus-visible { outline: 3px solid #1f5fd6; outline-offset: 3px }
svg { flex: none; width: 28px; height: 28px; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round }
.name { overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
.badge { position: absolute; top: -8px; right: -4px; min-width: 14px; padding: 0 6px; border: 2px solid #fff; border-radius: 14px;
  background: #b3261e; font-size: 14px; text-align: center }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
.panel { display: block; position: fixed; inset: auto; ${side}: 16px; bottom: 16px; z-index: 2147483647; box-sizing: border-box; margin: 0; padding: 0;
  width: min(400px, 100vw - 32px);
  height: min(680px, 100vh - 32px); height: min(680px, 100dvh - 32px); overflow: hidden; border: 1px solid #778a95;
  border-radius: 14px; background: #eef3f5; color: #17252d; box-shadow: 0 8px 32px rgb(0 0 0 / 35%);
  font: 16px/1.6 system-ui, "PingFang SC", "Microsoft YaHei", sans-serif }
iframe { position: absolute; inset: 0; width: 100%; height: 100%; border: 0; color-scheme: normal }
.wait { position: absolute; inset: 30% 24px auto; margin: 0; text-align: center }
.panel button { position: absolute; inset: 8px 6px auto auto; z-index: 1; width: 44px; height: 44px; padding: 8px; border: 0;
  background: none; color: #17252d; box-shadow: none }
.panel[large] button { width: 60px; height: 60px }
.panel button.again, .panel[large] button.again { inset: 48% 24px auto; width: auto; max-width: none; justify-content: center; background: ${color}; color: #fff }
.panel circle { fill: #fff; stroke: #778a95; stroke-width: 1 }
@media (max-width: 480px), (max-height: 480px) {
  .panel { inset: 0; width: 100%; height: 100vh; height: 100dvh; border: 0; border-radius: 0 }
}
@media (prefers-color-scheme: dark) { .panel { background: #0f171c; color: #e4edf1 } }
@media print { button, .panel { display: none } }`;

  customElements.get(NAME) || customElements.define(NAME, class extends HTMLElement {});
  const widget = document.createElement(NAME);
  widget.setAttribute("name", name);
  widget.setAttribute("side", side);
  const root = widget.attachShadow({ mode: "open" });
  const badge = make("span", { class: "badge", "aria-hidden": "true", hidden: "" });
  const launcher = make("button", { type: "button", popover: "manual", "aria-haspopup": "dialog" },
    drawing("M5 4h14a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-6l-5 4v-4H5a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2zM8 10.500l3 3 5.500-6"),
    make("span", { class: "name" }, title), badge);
  const leave = make("button", { type: "button", "aria-label": `${words.close}${title}` }, drawing("M8.500 8.500l7 7M15.500 8.500l-7 7", true));
  const wait = make("p", { class: "wait", role: "status" });
  const again = make("button", { type: "button", class: "again", hidden: "" }, words.again);
  const panel = make("div", { class: "panel", popover: "manual", role: "dialog", "aria-label": title, hidden: "" }, leave, wait, again);
  const news = make("span", { class: "unseen", role: "status" });
  let frame = null;
  let isReady = false;
  let timer = 0;

  launcher.addEventListener("click", () => open(true));
  leave.addEventListener("click", close);
  again.addEventListener("click", () => (load(), frame.focus()));
  panel.addEventListener("keydown", (event) => event.key === "Escape" && close());
  addEventListener("message", hear);
  if (window.visualViewport) for (const moved of ["resize", "scroll"]) visualViewport.addEventListener(moved, fit);
  isNarrow.addEventListener("change", fit);
  dress();
  root.append(launcher, panel, news);
  // Beside the body: what a site does to its body, and to all that stands in it, does not come here.
  document.documentElement.append(widget);
  put(launcher, true);
  widget.open = () => open(true);
  widget.close = close;
  const before = kept();
  if (before) document.readyState === "complete" ? goOn() : addEventListener("load", goOn);

  /** On the site's next page: as it was on the one before, without taking the keyboard, or all of a small screen. */
  function goOn() {
    if (before === "open" && !isNarrow.matches) open(false);
    else if (!frame) load();
  }

  function open(isAskedFor) {
    put(panel, true);
    put(launcher, false);
    if (!frame || !again.hidden) load();
    tell(isAskedFor);
    showUnread(0);
    keep("open");
    fit();
    if (isAskedFor) frame.focus();
  }

  function close() {
    if (panel.hidden) return;
    const hadFocus = root.activeElement;
    put(panel, false);
    put(launcher, true);
    tell(false);
    keep("closed");
    if (hadFocus) launcher.focus();
  }

  /** Shown in the top layer; a browser without `popover` (before 2024) has it where the page leaves it. */
  function put(part, isShown) {
    part.hidden = !isShown;
    if (part.togglePopover && part.isConnected) part.togglePopover(isShown);
  }

  function load() {
    if (frame) frame.remove();
    isReady = false;
    wait.textContent = words.opening;
    again.hidden = true;
    frame = make("iframe", { title, src, allow: "clipboard-write; geolocation; microphone" });
    panel.append(frame);
    clearTimeout(timer);
    timer = setTimeout(() => show(words.notOpen), WAIT_MS);
  }

  /** The conversation, or a sentence in its place. */
  function show(fault) {
    clearTimeout(timer);
    wait.textContent = fault;
    frame.hidden = Boolean(fault);
    again.hidden = !fault;
  }

  function hear({ origin, source, data }) {
    if (origin !== service || !frame || source !== frame.contentWindow || !data) return;
    if (data.isReady) {
      isReady = true;
      show("");
      tell(root.activeElement === frame);
    }
    if (Number.isInteger(data.unread) && panel.hidden) showUnread(data.unread);
    if (typeof data.isLarge === "boolean") panel.toggleAttribute("large", data.isLarge);
    if (data.wantsToClose) close();
  }

  function tell(isAskedFor) {
    if (isReady) frame.contentWindow.postMessage({ isOpen: !panel.hidden, isAskedFor }, service);
  }

  function showUnread(count) {
    badge.hidden = !count;
    badge.textContent = count > 99 ? "99+" : count;
    const told = `${title}${words.between}${count}${words.unread}`;
    news.textContent = count ? told : "";
    launcher.setAttribute("aria-label", count ? told : title);
  }

  /** A small screen is filled, but for the part that its keyboard covers. */
  function fit() {
    panel.setAttribute("aria-modal", isNarrow.matches);
    const isCovered = isNarrow.matches && window.visualViewport && visualViewport.scale === 1;
    panel.style.height = isCovered ? `${visualViewport.height}px` : "";
    panel.style.top = isCovered ? `${visualViewport.offsetTop}px` : "";
  }

  function dress() {
    try {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      root.adoptedStyleSheets = [sheet];
    } catch {
      root.append(make("style", {}, css)); // Safari before 16.4
    }
  }

  function kept() {
    try {
      return sessionStorage.getItem(KEPT_AS);
    } catch {
      return null;
    }
  }

  function keep(state) {
    try {
      sessionStorage.setItem(KEPT_AS, state);
    } catch {
      // Then it is closed on the next page.
    }
  }

  function drawing(lines, isRound) {
    return make("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, ...(isRound ? [make("circle", { cx: 12, cy: 12, r: 11 })] : []), make("path", { d: lines }));
  }

  function make(kind, attributes, ...children) {
    const space = `http://www.w3.org/${/^(svg|path|circle)$/.test(kind) ? "2000/svg" : "1999/xhtml"}`;
    const made = document.createElementNS(space, kind);
    for (const attribute in attributes) made.setAttribute(attribute, attributes[attribute]);
    made.append(...children);
    return made;
  }

  /** #rrggbb, as dark as white letters on it need (4.5:1); without one, the hall's own. */
  function legible(wanted) {
    let [, ...parts] = /^#?(..)(..)(..)$/.exec(/^#?[0-9a-f]{6}$/i.test(wanted) ? wanted : "0f5a78").map((two) => parseInt(two, 16));
    const light = (part) => (part > 10 ? ((part / 255 + 0.055) / 1.055) ** 2.4 : part / 3295);
    const luminance = () => 0.2126 * light(parts[0]) + 0.7152 * light(parts[1]) + 0.0722 * light(parts[2]);
    while (luminance() > 0.183) parts = parts.map((part) => Math.floor(part * 0.95));
    return `#${parts.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
  }
})();
