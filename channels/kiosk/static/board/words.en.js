/** words.js in English. */

export const words = {
  please: "Number",
  to: "to",
  nobodyCalled: "No number has been called yet",
  calledAgain: (times) => `call ${times}`,
  calledBefore: (number, counter) => `${number} → ${counter}`,
  called: "please come",
  serving: "being served",
  free: "free",
  resting: "pausing",
  noNumbers: "no numbers now",
  noOne: "—",
  people: (count) => `${count}`,
  early: (count) => `and ${count} before their time`,
  wait: (minutes) => (minutes ? `about ${minutes} min` : "no wait"),
  cutOff: (moment) => (moment ? `The connection is broken. This is how it stood at ${moment}; please listen to the announcements.` : "The connection is broken; trying again."),
  voice: "en-GB",
  aloud: (number, counter) => `Number ${[...number].join(" ")}, please come to ${counter}`,
};
