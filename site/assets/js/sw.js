// The service worker: keeps what was read for reading without a network, and
// the whole site for who asks for it. tools/pack writes the first line of it,
// self.site: each page and asset by its address below the scope, with a hash of
// its content, and what all of them weigh on their way. So this file changes
// when the site does, and a new version fetches only what has changed.
const { files, bytes } = self.site;
const scope = new URL("./", self.location.href).href;
const store = () => caches.open(`awaitless ${scope}`);
const keyOf = (path) => `${scope}${path}?${files[path]}`;
const known = (path) => Object.hasOwn(files, path);
const isAsset = (path) => path.startsWith("assets/");
const missing = "404.html"; // some hosts answer with this status, too
const onDemand = /^programs\/|\.(md|txt)$/;
// What is no page, but stands beside them in the store: that the reader keeps
// all of them, and the assets of the version that was active last.
const flag = `${scope}.all`;
const record = `${scope}.assets`;
const patience = 2000; // ms for a network that may have something newer

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(activate()));
const answers = { __proto__: null, activate: () => self.skipWaiting(), tabs: countTabs, state, keep: keepAll, forget };
addEventListener("message", (event) => event.waitUntil(answers[event.data]?.(event.ports[0])));
addEventListener("fetch", (event) => {
  const { request } = event;
  const path = pathOf(request.url);
  if (path === undefined || request.method !== "GET") return;
  const page = request.mode === "navigate";
  if (known(path)) event.respondWith(page ? visit(path).catch(unfound) : part(request, path));
  else if (known(`${path}/`)) event.respondWith(Response.redirect(`${scope}${path}/`));
  else if (page || onDemand.test(path)) event.respondWith(fresh(request, path));
  else if (isAsset(path)) event.respondWith(former(request));
});

function pathOf(address) {
  if (!address.startsWith(scope)) return undefined;
  return address.slice(scope.length).replace(/[?#].*/, "").replace(/(^|\/)index\.html$/, "$1");
}

// install fetches one file after the other, behind everything else. What an
// interrupted install has fetched stays, so that the next one goes on there.
async function install() {
  for (const path of await wanted()) {
    const { ok, status } = await kept(path);
    if (!ok && path !== missing) throw new Error(`${path}: ${status}`);
  }
}

// What every page needs, what is open, and what was read before this version.
// Those who save data fetch it again when they read it again.
async function wanted() {
  const all = Object.keys(files);
  const cache = await store();
  if (await cache.match(flag)) return all;
  const saves = navigator.connection?.saveData;
  const read = saves ? [] : (await cache.keys()).map(({ url }) => pathOf(url));
  const searched = read.some((path) => path.endsWith(".json"));
  const needed = saves ? /\.css$/ : searched ? /\.(css|js|json)$/ : /\.(css|js)$/;
  const paths = [missing, ...all.filter((path) => needed.test(path)), ...read, ...await open()];
  return [...new Set(paths)].filter(known);
}

async function open() {
  const tabs = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  return tabs.map(({ url }) => pathOf(url));
}

// A page comes from the network, so that what is read is what was published
// last; where there is none, or a slow one, what was read before. While several
// tabs are open, all stay with one version until the reader asks for the next.
async function visit(path) {
  const tabs = await self.clients.matchAll({ type: "window" });
  if (tabs.length > 1) return kept(path);
  const cache = await store();
  const before = await cache.match(keyOf(path));
  const now = newest(path, before);
  if (!before) return now;
  const soon = new Promise((resolve) => { setTimeout(resolve, patience, before.clone()); });
  return Promise.race([now.catch(() => before), soon]);
}

// Once the network has answered, nobody needs this version any more.
async function newest(path, before) {
  const response = await fetch(scope + path, { cache: "no-cache", redirect: "manual" });
  if (response.status >= 500 && before) return before;
  const cache = await store();
  if (await isOurs(response.clone(), path)) await keep(cache, keyOf(path), response);
  self.registration.waiting?.postMessage("activate");
  return response;
}

// A page that a link fetches ahead was not read.
async function part(request, path) {
  const ahead = request.mode === "no-cors" && !isAsset(path);
  if (!ahead) return kept(path);
  const cache = await store();
  return await cache.match(keyOf(path)) ?? fetch(request);
}

// An asset of another version: a tab may show a page of it.
async function former(request) {
  const cache = await store();
  return await cache.match(request, { ignoreSearch: true }) ?? fetch(request);
}

// kept answers from the store, and from the network what is not there yet.
async function kept(path) {
  const cache = await store();
  const before = await cache.match(keyOf(path));
  if (before) return before;
  // The name of an asset holds a hash of it; a page must be today's.
  const mode = isAsset(path) ? "default" : "no-cache";
  const response = await fetch(scope + path, { cache: mode, priority: "low" });
  if (await isOurs(response.clone(), path)) await keep(cache, keyOf(path), response);
  return response;
}

// Around a deploy, a host may answer with a page of another version. Kept as
// one of this version, it would stay. Nor is an error kept.
async function isOurs(response, path) {
  const hash = await crypto.subtle.digest("SHA-256", await response.arrayBuffer());
  const hex = Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0"));
  return hex.join("").startsWith(files[path]);
}

// Where there is no room left, a reader with a network reads on.
function keep(cache, key, response) {
  return cache.put(key, response.clone()).catch(() => {});
}

async function unfound() {
  const page = await kept(missing);
  return new Response(page.body, { status: 404, headers: page.headers });
}

// fresh answers from the network; what was read before is there without it.
async function fresh(request, path) {
  const cache = await store();
  try {
    const response = await fetch(request);
    if (response.ok && onDemand.test(path)) await keep(cache, scope + path, response);
    return response;
  } catch {
    const before = await cache.match(scope + path);
    if (before || request.mode !== "navigate") return before ?? Response.error();
    return unfound();
  }
}

// The assets of the version before stay until the next one: a tab may need them.
async function activate() {
  const cache = await store();
  const mine = Object.keys(files).map(keyOf);
  const before = await (await cache.match(record))?.json() ?? [];
  const stays = new Set([...mine, ...before]);
  for (const { url } of await cache.keys()) {
    const read = !url.includes("?"); // on demand
    if (!read && !stays.has(url)) await cache.delete(url);
  }
  await keep(cache, record, Response.json(mine.filter((key) => isAsset(pathOf(key)))));
  await self.clients.claim();
}

// The messages of a page, each with a port for the answer.
async function countTabs(port) {
  port.postMessage((await open()).length);
}

async function state(port) {
  const all = Boolean(await (await store()).match(flag));
  port.postMessage({ all, bytes });
}

async function keepAll(port) {
  const cache = await store();
  const all = Object.keys(files);
  try {
    for (const [i, path] of all.entries()) {
      await kept(path);
      if (!await cache.match(keyOf(path))) throw new Error(path);
      port.postMessage({ done: i + 1, of: all.length });
    }
    await cache.put(flag, new Response());
    await state(port);
  } catch {
    port.postMessage({ failed: true });
  }
}

async function forget(port) {
  const cache = await store();
  await cache.delete(flag);
  const stays = [missing, ...await open()];
  for (const { url } of await cache.keys()) {
    const path = pathOf(url);
    if (known(path) && !isAsset(path) && !stays.includes(path)) await cache.delete(url);
  }
  await state(port);
}
