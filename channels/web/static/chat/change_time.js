/** Another time for an appointment at the same office: choose, look at it once more, done. */
import { make } from "./dom.js";
import { timePicker } from "./time_picker.js";
import { periodOf } from "./times.js";
import { fetchOpenings, moveAppointment } from "./visits_api.js";
import { words } from "./words.js";

export async function changeTime(appointment, drawer, { close, onDone }) {
  const { code, guide_id: guideId, office_id: officeId } = appointment;
  drawer.replaceChildren(make("p", { class: "note", "aria-live": "polite" }, words.lookingForTimes));
  try {
    const openings = await fetchOpenings(guideId, officeId);
    offer(openings.filter(({ starts_at: startsAt }) => Date.parse(startsAt) !== Date.parse(appointment.starts_at)), words.chooseNewTime);
  } catch (refused) {
    drawer.replaceChildren();
    throw refused;
  }

  function offer(openings, sentence) {
    const title = make("p", { tabindex: "-1", "aria-live": "polite" }, openings.some(({ left }) => left > 0) ? sentence : words.noTimes);
    const picker = timePicker(openings, { isOpen: ({ left }) => left > 0, onPick: confirm });
    const back = make("button", { type: "button", class: "plain", onclick: close }, words.keepTime);
    const below = make("div", {});
    drawer.replaceChildren(make("div", { class: "confirm", role: "group", "aria-label": words.changeTime }, title, openings.length ? picker.element : null, below, back));
    title.focus({ preventScroll: true });
    drawer.scrollIntoView({ block: "start", behavior: "instant" });

    function confirm(opening, button) {
      const again = () => (below.replaceChildren(), button.focus());
      const move = make("button", { type: "button", class: "primary" }, words.moveTo(periodOf(opening.starts_at)));
      const other = make("button", { type: "button", class: "plain", onclick: again }, words.otherTime);
      const fault = make("p", { class: "fault", "aria-live": "polite" });
      for (const each of drawer.querySelectorAll(".time.picked")) each.classList.remove("picked");
      button.classList.add("picked");
      move.addEventListener("click", async () => {
        if (move.getAttribute("aria-busy") === "true") return;
        move.setAttribute("aria-busy", "true");
        try {
          onDone(await moveAppointment(code, opening.starts_at), words.moved(periodOf(opening.starts_at)));
        } catch (refused) {
          const others = (refused.details?.alternatives ?? []).filter((each) => each.office_id === officeId);
          if (others.length) offer(others, refused.message);
          else fault.textContent = refused.message;
        }
        move.setAttribute("aria-busy", "false");
      });
      below.replaceChildren(make("div", { class: "visit-actions" }, move, other), fault);
      move.focus();
    }
  }
}
