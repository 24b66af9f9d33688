import { announce } from "./announce.js";

// Gives each block a Copy button, and turns the link to its whole program
// into Copy program. Without this script the link remains.
export function copyButtons() {
  for (const figure of document.querySelectorAll("[data-copy]")) {
    const caption = figure.querySelector("figcaption");
    const link = caption.querySelector("[data-program]");
    if (link) {
      const whole = button("Copy program", () => program(link.href));
      whole.value = link.href; // for the proof, which offers it to download
      link.replaceWith(whole);
    }
    const source = figure.querySelector("pre").textContent;
    caption.append(button("Copy", () => source));
  }
}

export function button(name, text) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = "button";
  element.textContent = name;
  element.addEventListener("click", async () => {
    const done = await copy(text).then(() => true, () => false);
    element.textContent = done ? "Copied" : "Failed";
    announce(done ? `${name}: copied` : `${name}: failed; select the text instead`);
    setTimeout(() => { element.textContent = name; }, 2000);
  });
  return element;
}

async function program(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response.text();
}

// Safari allows the clipboard only within the click, hence the promise
// inside the ClipboardItem; browsers without it get the text afterwards.
async function copy(text) {
  const wanted = Promise.resolve(text());
  if (globalThis.ClipboardItem) {
    const blob = wanted.then((value) => new Blob([value], { type: "text/plain" }));
    return navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
  }
  return navigator.clipboard.writeText(await wanted);
}
