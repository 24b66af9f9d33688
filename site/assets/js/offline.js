import { worker } from "@params";
import { announce } from "./announce.js";
import { ask, offerAll } from "./keep-all.js";

// Registers the service worker, see sw.js. A new version of the site takes over
// between two pages. Where several tabs are open it would do so under the
// others, so there it is offered.
export async function keepOffline() {
  const workers = navigator.serviceWorker;
  if (!worker || !workers) return; // hugo server, or not a secure address
  const registration = await workers.register(worker, { updateViaCache: "none" }).catch(() => {});
  if (!registration) return; // storage is forbidden, or the network failed
  const offer = () => {
    if (!registration.waiting || !workers.controller) return;
    ask(registration.waiting, "tabs", (tabs) => { if (tabs > 1) offerReload(registration); });
  };
  const watch = () => registration.installing?.addEventListener("statechange", offer);
  registration.addEventListener("updatefound", watch);
  watch(); // the browser may have looked for a new version before we did
  offer();
  if (registration.active) registration.update().catch(() => {}); // offline
  await workers.ready;
  offerAll(registration);
}

function offerReload(registration) {
  if (document.querySelector("div.update:not([data-announce])")) return; // it asks already
  const bar = document.createElement("div");
  bar.className = "update";
  const reload = button("Reload", () => {
    const again = () => location.reload();
    navigator.serviceWorker.addEventListener("controllerchange", again, { once: true });
    if (registration.waiting) registration.waiting.postMessage("activate");
    else again(); // another tab was first
  });
  const later = button("Later", () => bar.remove());
  const answers = document.createElement("span");
  answers.append(reload, later);
  const news = "A new version of this site is ready.";
  bar.append(news, answers);
  document.body.append(bar);
  announce(news);
}

function button(name, press) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = "button";
  element.textContent = name;
  element.addEventListener("click", press);
  return element;
}
