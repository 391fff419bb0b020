/** What the screens of the hall have in common to say. */

export const words = {
  tookTooLong: "等了 15 秒还没有回音，请再试一次。",
  unreachable: "网络不通，请稍后再试一次。",
  somethingWrong: "系统出了点问题，请稍后再试一次。",

  /** `labels`: as on the signs, "1" is 1号窗口; runs of them as 1—3. */
  counters: (labels) => `${labels.join("、")}号窗口`,
  /** `weekday`: 0 is Sunday. */
  day: (month, number, weekday) => `${month}月${number}日 周${"日一二三四五六"[weekday]}`,
  opensToday: (time) => `现在不办公，今天 ${time} 开门。`,
  overForToday: "今天已经下班。",
  closedToday: "今天不上班。",
  opensAt: (moment) => `${moment} 开门。`,
  today: (spans) => `今天 ${spans.join("、")}`,
};
