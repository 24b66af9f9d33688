import { announce } from "./announce.js";

// Gives each block of code one button. The body of an Example runs nowhere
// alone, so its button gives the whole program; the link to the program of
// another block remains.
export function copyButtons() {
  for (const figure of document.querySelectorAll("[data-copy]:not(.output)")) {
    const caption = figure.querySelector("figcaption");
    const link = caption.querySelector("[data-program]");
    const { source } = figure.dataset;
    if (link?.pathname.endsWith(`/${source}.go`)) {
      link.hidden = true;
      caption.append(button("Copy program", () => program(link.href)));
      continue;
    }
    // A terminal would run the last line of what ends with a newline.
    const text = figure.querySelector("pre").textContent;
    caption.append(button("Copy", () => source ? text : text.trimEnd()));
  }
}

export function button(name, text) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = "button";
  element.textContent = name;
  element.addEventListener("click", async () => {
    const done = await copy(text).then(() => true, () => false);
    element.style.minWidth = `${element.offsetWidth}px`; // what stands beside it stays
    element.textContent = done ? "Copied" : "Failed";
    announce(done ? `${name}: copied` : `${name}: failed; select the text instead`);
    setTimeout(() => { element.textContent = name; }, 2000);
  });
  return element;
}

async function program(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(address);
  return response.text();
}

// Safari allows the clipboard only within the click, hence the promise inside
// the ClipboardItem.
async function copy(text) {
  const blob = Promise.resolve(text()).then((value) => new Blob([value], { type: "text/plain" }));
  return navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
}
