/** Every sentence that the touch screen itself says. */

export const words = {
  codeSoFar: (code) => (code ? `已输入 ${code.length} 位` : "还没有输入"),
  codeLength: "预约码有 10 位，请补全后再按“报到取号”。",
  notACode: "这不是预约二维码，请打开“我的预约”里的二维码再扫一次，或输入预约码。",
  erase: "退格",
  eraseOne: "删掉一位",

  waiting: (count, minutes) => (count ? `前面 ${count} 位` : "前面没有人") + (minutes ? `，约 ${minutes} 分钟` : ""),
  closed: (opens) => `现在不取号${opens ? `，${opens} 开始` : ""}`,
  welcome: "您好，要取号吗？",
  welcomeClosed: "您好，现在不能取号",
  nothingHere: "这个网点还没有开通取号，请到咨询台办理。",

  ahead: (count, minutes) =>
    (count ? `前面还有 ${count} 位` : "前面没有人，请准备好材料") + (minutes ? `，大约要等 ${minutes} 分钟` : ""),
  early: (time) => `您约的是 ${time}，到点优先叫；没有别人等的时候会提前叫`,
  goTo: (counter) => `请现在到 ${counter}`,
  waitNear: (counters) => `请在 ${counters}附近等候，听到叫号、看到屏幕上的号再过去`,
  waitAnywhere: "请在等候区坐一坐，听到叫号、看到屏幕上的号再过去",
  takenAt: (moment) => `取号时间 ${moment}。请留意叫号；过号了请找工作人员。`,

  leavingIn: (seconds) => `${seconds} 秒后回到首页`,
  idleIn: (seconds) => `${seconds} 秒后清空刚才的内容，回到首页。`,
};
