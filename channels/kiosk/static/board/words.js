/** Every sentence that the board itself says. */

export const words = {
  please: "请",
  to: "到",
  nobodyCalled: "还没有叫号，请稍候",
  calledAgain: (times) => `第 ${times} 次叫号`,
  calledBefore: (number, counter) => `${number} → ${counter}`,
  called: "请到窗口",
  serving: "正在办理",
  free: "空闲",
  resting: "休息",
  noNumbers: "现在不取号",
  noOne: "—",
  people: (count) => `${count} 人`,
  early: (count) => `另有 ${count} 人没到预约时间`,
  wait: (minutes) => (minutes ? `约 ${minutes} 分钟` : "不用等"),
  cutOff: (moment) => (moment ? `连接中断，正在重连。现在显示的是 ${moment} 的情况，请留意大厅广播。` : "连接中断，正在重连。"),
  voice: "zh-CN",
  /** Letter and digits apart, so that they are read one by one. */
  aloud: (number, counter) => `请 ${[...number].join(" ")} 号，到 ${counter}`,
};
