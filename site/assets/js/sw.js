// The service worker: keeps the whole site for reading without a network.
// tools/pack writes the first line of it, self.site: each page and asset by its
// address below the scope, with a hash of its content. So this file changes
// when the site does, and a new version fetches only what has changed.
const { files } = self.site;
const scope = new URL("./", self.location.href).href;
const store = () => caches.open(`awaitless ${scope}`);
const keyOf = (path) => `${scope}${path}?${files[path]}`;
const missing = "404.html"; // some hosts answer with this status, too
const onDemand = /^programs\/|\.(md|txt)$/;

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(activate()));
addEventListener("message", (event) => { if (event.data === "activate") self.skipWaiting(); });
addEventListener("fetch", (event) => {
  const path = pathOf(event.request.url);
  if (path === undefined || event.request.method !== "GET") return;
  const page = event.request.mode === "navigate";
  if (path in files) event.respondWith(page ? kept(path).catch(unfound) : kept(path));
  else if (`${path}/` in files) event.respondWith(Response.redirect(`${scope}${path}/`));
  else if (page || onDemand.test(path)) event.respondWith(fresh(event.request, path));
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

// Those who save data keep what they visit, the page for what is missing, and
// the styles, most of which the browser has.
async function wanted() {
  if (!navigator.connection?.saveData) return Object.keys(files);
  const open = await self.clients.matchAll({ includeUncontrolled: true });
  const styles = Object.keys(files).filter((path) => path.endsWith(".css"));
  return [missing, ...styles, ...open.map((client) => pathOf(client.url))].filter((path) => path in files);
}

// kept answers from the store, and from the network what is not there yet.
async function kept(path) {
  const cache = await store();
  const known = await cache.match(keyOf(path));
  if (known) return known;
  // The name of an asset holds a hash of it; a page must be today's.
  const mode = path.startsWith("assets/") ? "default" : "no-cache";
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
    const known = await cache.match(scope + path);
    if (known || request.mode !== "navigate") return known ?? Response.error();
    return unfound();
  }
}

async function activate() {
  const cache = await store();
  const mine = new Set(Object.keys(files).map(keyOf));
  for (const { url } of await cache.keys()) {
    const read = !url.includes("?"); // on demand
    if (!read && !mine.has(url)) await cache.delete(url);
  }
  await self.clients.claim();
}
