/** Notifications of the device: asked for by her own tap, shown by a worker, since phones let no page show them. */

const WORKER = "/static/notices/worker.js";

export const canNotify = () => "Notification" in window && Notification.permission === "default";

/** Whether she allowed it. */
export async function askToNotify() {
  if ((await Notification.requestPermission()) !== "granted") return false;
  await navigator.serviceWorker?.register(WORKER).catch(() => {}); // without https there is none
  return true;
}

export async function notify(tag, sentence) {
  if (!("Notification" in window) || Notification.permission !== "granted") return;
  const stays = { tag, requireInteraction: true, renotify: true }; // a second call rings again
  try {
    const worker = await registered();
    if (worker) await worker.showNotification(sentence, stays);
    else new Notification(sentence, stays);
  } catch {
    // A phone without a worker: it rings and vibrates.
  }
}

export async function closeNotice(tag) {
  const worker = await registered();
  for (const shown of (await worker?.getNotifications({ tag })) ?? []) shown.close();
}

/** For the next one at this device. */
export async function stopNotifying() {
  await (await registered())?.unregister();
}

function registered() {
  return navigator.serviceWorker?.getRegistration(WORKER).catch(() => null);
}
