/** Every sentence the page itself says. What the hall says comes from the service. */

export const words = {
  searching: "正在查办事指南…",
  queued: "前一条答完就发这条",
  degraded: "线路繁忙，由指南检索直接作答。",
  you: "您说：",
  hall: "问办答：",
  chosen: "（已选）",

  tookTooLong: "等了 15 秒还没有回音，请点“重试”。急事请拨打12345。",
  unreachable: "网络不通，这条没有发出去。请检查网络后点“重试”。",
  stopped: "这条没有发完。",
  leftUnanswered: "页面刷新前，这条还没有收到回答。",
  somethingWrong: "系统出了点问题，请稍后点“重试”。急事请拨打12345。",
  retry: "重试",
  resendIn: (seconds) => `${seconds} 秒后自动重发`,
  doNotSend: "不发了",

  basis: "依据",
  basisFor: (region) => `依据（适用地区：${region}）`,
  checkedOn: (day) => `核对于 ${day}`,
  unverified: "未核原文",
  newWindow: "（在新窗口打开）",
  askOn: "接着问",
  options: "请选一个",
  progress: (step, of) => `第 ${step} 步，共 ${of} 步`,

  useful: "有用",
  useless: "没用",
  thanks: "谢谢，已记下。",
  whatWasWrong: "哪里没答好（选填）",
  submit: "提交",
  skip: "不填了",
  aloud: "朗读",
  stopAloud: "停止",
  copy: "复制",
  copied: "已复制",
  notCopied: "没能复制，请长按文字复制",

  lettersLeft: (count) => `还能写 ${count} 字`,
  lettersOver: (count) => `超出 ${count} 字，请删短一些再发`,
  regionChanged: (name) => `后面的回答按${name}的规定。`,
};
