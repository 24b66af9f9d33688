import { tell } from "./announce.js";

let again = 0;

// Imports a module. In a tab that was open while the site changed, the address
// of its build is gone; the same name without a hash is the module of the build
// that took its place. As some browsers remember what they could not import,
// each try has an address of its own.
export async function bring(address) {
  try {
    return await import(address);
  } catch {
    return import(`${newest(address)}?${++again}`);
  }
}

// The same for what is no module.
export async function get(address) {
  for (const at of [address, newest(address)]) {
    const response = await fetch(at);
    if (response.ok) return response;
  }
  throw new Error(address);
}

export const newest = (address) => address.replace(/\.\w{12}/, "");

// What the reader asked for did not come.
export const missed = (what) => tell(`${what} could not be fetched. Try again, or reload the page.`);
