/** words.js in English. */

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

export const words = {
  tookTooLong: "There was no answer for 15 seconds. Please try again.",
  unreachable: "The network is down. Please try again in a moment.",
  somethingWrong: "Something went wrong. Please try again in a moment.",

  counters: (labels) => `counter ${labels.join(", ")}`,
  day: (month, number, weekday) => `${WEEKDAYS[weekday]} ${number} ${MONTHS[month - 1]}`,
  opensToday: (time) => `Closed now; opens today at ${time}.`,
  overForToday: "Closed for today. ",
  closedToday: "Closed today. ",
  opensAt: (moment) => `Opens ${moment}.`,
  today: (spans) => `Today ${spans.join(", ")}`,
};
