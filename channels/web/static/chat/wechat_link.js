/**
 * 关联微信, below the visitor's own appointments: the page shows a code, she scans it and types what WeChat tells her. Only
 * where the hall has an official account.
 */
import { call } from "./api.js";
import { make } from "./dom.js";
import { words } from "./words.js";

const LINK = "/api/wechat/link";

export function hasWeChat() {
  return document.body.dataset.wechat === "yes";
}

/** `onChange()`: this browser is somebody else's now. */
export function wechatLink({ onChange }) {
  const place = make("section", { class: "wechat-link", "aria-label": words.wechat });
  const said = make("p", { class: "note", role: "status" });
  call(LINK).then(({ linked }) => (linked ? offerToPart() : offerToLink()), () => {});
  return place;

  function offerToLink() {
    place.replaceChildren(button(words.linkWeChat, "plain", showCode), said);
  }

  async function showCode() {
    const { qr } = await call(LINK, { method: "POST" });
    const field = make("input", { inputmode: "numeric", autocomplete: "one-time-code", maxlength: "8", required: true });
    const form = make(
      "form",
      { class: "wechat-code" },
      make("label", {}, words.linkCode, field),
      make("button", { type: "submit", class: "primary" }, words.link),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      attempt(form.querySelector("button"), () => finish(field));
    });
    said.textContent = "";
    place.replaceChildren(make("p", {}, words.scanWithWeChat), make("img", { src: qr, alt: words.linkQr, width: "200", height: "200" }), form, said);
    field.focus({ preventScroll: true });
    place.scrollIntoView({ block: "nearest" });
  }

  async function finish(field) {
    await call(`${LINK}/code`, { body: { code: field.value.trim() } });
    onChange();
  }

  function offerToPart() {
    place.replaceChildren(make("p", { class: "note" }, words.linked), button(words.part, "plain", askToPart), said);
  }

  function askToPart() {
    const question = make("p", { tabindex: "-1" }, words.partQuestion);
    const keep = button(words.keepLink, "plain", offerToPart);
    place.replaceChildren(question, make("div", { class: "visit-actions" }, button(words.part, "primary", part), keep), said);
    question.focus();
  }

  async function part() {
    await call(LINK, { method: "DELETE" });
    onChange();
  }

  function button(label, rank, act) {
    const made = make("button", { type: "button", class: rank }, label);
    made.addEventListener("click", () => attempt(made, act));
    return made;
  }

  async function attempt(pressed, act) {
    if (pressed.getAttribute("aria-busy") === "true") return;
    pressed.setAttribute("aria-busy", "true");
    said.textContent = "";
    try {
      await act();
    } catch (refused) {
      said.textContent = refused.message;
    }
    pressed.setAttribute("aria-busy", "false");
  }
}
