/** Only for notifications, which phones let nobody else show; it looks at no request. Registered by her own tap. */

addEventListener("notificationclick", (event) => {
  event.notification.close();
  const pages = clients.matchAll({ type: "window", includeUncontrolled: true });
  event.waitUntil(pages.then(([page]) => page?.focus()));
});
