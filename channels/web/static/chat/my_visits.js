/** 我的预约: a dialog with the visitor's own appointments and waiting-list entries, fetched whenever it is opened. */
import { appointmentCard } from "./appointment_card.js";
import { make } from "./dom.js";
import { stopWatchingIn } from "./ticket_watch.js";
import { tellNews } from "./visit_news.js";
import { fetchAppointments, fetchWishes } from "./visits_api.js";
import { hasWeChat, wechatLink } from "./wechat_link.js";
import { wishList } from "./wishes.js";
import { words } from "./words.js";

const ENDED = new Set(["finished", "missed", "cancelled"]);
const NEWCOMER = 401;

/** `onBook()`: the citizen wants to book. */
export function attachMyVisits({ opener, dialog, list, close }, { onBook }) {
  let opened = 0;
  opener.addEventListener("click", open);
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", () => {
    opened += 1;
    stopWatchingIn(list);
    list.replaceChildren();
    opener.focus(); // older browsers do not give it back
  });
  return { open };

  function open() {
    dialog.showModal();
    dialog.scrollTop = 0;
    load();
  }

  async function load() {
    const time = ++opened;
    list.setAttribute("aria-busy", "true");
    list.replaceChildren(make("p", { class: "note" }, words.loading));
    const shown = await drawn();
    if (time !== opened) return;
    stopWatchingIn(list);
    list.replaceChildren(...shown);
    list.setAttribute("aria-busy", "false");
  }

  async function drawn() {
    try {
      const appointments = await fetchAppointments();
      appointments.forEach(tellNews);
      return drawAll(appointments, await fetchWishes().catch(() => []));
    } catch (refused) {
      if (refused.status === NEWCOMER) return drawAll([], []);
      const again = make("button", { type: "button", class: "plain", onclick: load }, words.retry);
      return [make("p", {}, refused.message), again];
    }
  }

  function drawAll(appointments, wishes) {
    const ahead = appointments.filter(({ status }) => !ENDED.has(status)).sort(soonestFirst);
    const ended = appointments.filter(({ status }) => ENDED.has(status));
    return [
      ahead.length ? null : make("p", {}, ended.length ? words.noneAhead : words.noAppointments),
      ...ahead.map(draw),
      wishList(wishes),
      make("button", { type: "button", class: "primary", onclick: book }, words.book),
      ended.length ? earlier(ended) : null,
      hasWeChat() ? wechatLink({ onChange: startAnew }) : null,
    ].filter(Boolean);
  }

  function earlier(appointments) {
    const cards = make("div", { class: "visits" }, ...appointments.map(draw));
    const wantsAnswer = appointments.some(({ can }) => can?.rate || can?.appeal);
    return make("details", { class: "earlier", open: wantsAnswer }, make("summary", {}, words.earlier(appointments.length)), cards);
  }

  function draw(appointment) {
    return appointmentCard(appointment, { isCurrent: true });
  }

  function book() {
    dialog.close();
    onBook();
  }
}

/** The conversation and the stream are somebody else's now. */
function startAnew() {
  location.reload();
}

function soonestFirst(one, other) {
  return Date.parse(one.starts_at ?? 0) - Date.parse(other.starts_at ?? 0);
}
