/** words.js in English: what a citizen meets. Where a code is not among them, the service's own sentence is shown. */

const later = (seconds) => (seconds > 1 ? `in ${seconds} seconds` : "in a moment");

export const words = {
  message_too_long: () => "This is too long. Please shorten it to 1,000 characters.",
  too_large: () => "This is too long. Please shorten it to 1,000 characters.",
  empty_message: () => "Nothing was written. Please say in a sentence what you need.",
  too_many_requests: (seconds) => `Many people are asking. Please try again ${later(seconds)}.`,
  busy: (seconds) => `Many people are asking. Please try again ${later(seconds)}, or call 12345 if it is urgent.`,
  earlier_still_open: (seconds) => `Your last message is still being answered. Please try again ${later(seconds)}.`,
  too_slow: () => "Not everything arrived. Please check the network and send it again.",
  unavailable: () => "Something is out of order. Please try again in a minute, or call 12345 if it is urgent.",
  internal_error: () => "Something went wrong. Please try again later, or call 12345 if it is urgent.",
  invalid_token: () => "This page was open for too long. Please open it again.",
  unknown_payload: () => "This choice is no longer valid. Please write what you need.",
  unknown_answer: () => "This answer is not in your conversation. Please rate it where you got it.",
  slot_full: () => "This time is full. Please choose another.",
  limit_reached: () => "No more bookings are possible for now. Please cancel one first, or call 12345.",
  too_early: () => "It is too early to check in. Please come back nearer to your time.",
};
