/** What can be done with an appointment. Whatever needs a second thought opens below the buttons, in place. */
import { changeTime } from "./change_time.js";
import { icon, make } from "./dom.js";
import { cancelAppointment, checkIn, downloadCalendar, fetchAppointment } from "./visits_api.js";
import { words } from "./words.js";

/** `onDone(appointment, sentence)`: it has changed. */
export function actionsOf(appointment, { onDone }) {
  const { can = {}, code, status } = appointment;
  const said = make("p", { class: "visit-said", "aria-live": "polite" });
  const drawer = make("div", { class: "drawer" });
  const buttons = [
    can.check_in ? action("ticket", words.checkIn, takeTicket, "primary") : null,
    can.reschedule ? action("again", words.changeTime, openChange, appointment.needs_new_time ? "primary" : "") : null,
    status === "booked" && appointment.calendar_url ? action("calendar", words.toCalendar, saveCalendar) : null,
    can.cancel ? action("clear", words.cancel, askToCancel) : null,
  ].filter(Boolean);
  if (!buttons.length) return null;
  return make("div", { class: "visit-doing" }, make("div", { class: "visit-actions" }, ...buttons), said, drawer);

  function action(drawing, label, onPress, rank = "") {
    const button = make("button", { type: "button", class: rank || "plain" }, icon(drawing), label);
    button.addEventListener("click", async () => {
      if (button.getAttribute("aria-busy") === "true") return;
      button.setAttribute("aria-busy", "true");
      said.textContent = "";
      try {
        await onPress(button);
      } catch (refused) {
        said.textContent = refused.message;
      }
      button.setAttribute("aria-busy", "false");
    });
    return button;
  }

  async function takeTicket() {
    await checkIn(code);
    onDone(await fetchAppointment(code), words.checkedIn);
  }

  function saveCalendar() {
    return downloadCalendar(appointment).then(() => (said.textContent = words.calendarSaved));
  }

  function openChange(opener) {
    const close = () => (drawer.replaceChildren(), opener.focus());
    return changeTime(appointment, drawer, { close, onDone });
  }

  function askToCancel(opener) {
    const question = make("p", { id: `cancel-${code}` }, words.reallyCancel);
    const keep = make("button", { type: "button", class: "plain" }, words.keepIt);
    const cancel = action("clear", words.cancelNow, async () => onDone(await cancelAppointment(code), words.cancelled), "danger");
    keep.addEventListener("click", () => (drawer.replaceChildren(), opener.focus()));
    drawer.replaceChildren(
      make("div", { class: "confirm", role: "group", "aria-labelledby": question.id }, question, make("div", { class: "visit-actions" }, cancel, keep)),
    );
    keep.focus();
  }
}
