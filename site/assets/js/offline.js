import { worker } from "@params";

// Registers the service worker, see sw.js, and offers a new version of the
// site when one has arrived. Nothing changes under a reader who did not ask.
export async function keepOffline() {
  const workers = navigator.serviceWorker;
  if (!worker || !workers) return; // hugo server, or not a secure address
  const registration = await workers.register(worker, { updateViaCache: "none" });
  const offer = () => {
    if (registration.waiting && workers.controller) offerReload(registration);
  };
  const watch = () => registration.installing?.addEventListener("statechange", offer);
  registration.addEventListener("updatefound", watch);
  watch(); // the browser may have looked for a new version before we did
  offer();
  if (registration.active) registration.update().catch(() => {}); // offline
}

function offerReload(registration) {
  if (document.querySelector(".update")) return; // it asks already
  const bar = document.createElement("div");
  bar.className = "update";
  bar.setAttribute("role", "status");
  document.body.append(bar);
  const reload = button("Reload", () => {
    const again = () => location.reload();
    navigator.serviceWorker.addEventListener("controllerchange", again, { once: true });
    if (registration.waiting) registration.waiting.postMessage("activate");
    else again(); // another tab was first
  });
  const later = button("Later", () => bar.remove());
  // A status is read out when it changes, not when it appears.
  const answers = document.createElement("span");
  answers.append(reload, later);
  requestAnimationFrame(() => bar.append("A new version of this site is ready.", answers));
}

function button(name, press) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = "button";
  element.textContent = name;
  element.addEventListener("click", press);
  return element;
}
