import { missed } from "./bring.js";
import { button } from "./copy.js";

// The word above a block opens how the block is proved. What it says comes
// from the page that the word links to, and from the index of sources.
export function proofs() {
  const card = build();
  for (const link of document.querySelectorAll(".proof")) {
    const { source } = link.closest("figure").dataset;
    const code = link.closest("figure").querySelector("pre");
    code.setAttribute("role", "group");
    code.setAttribute("aria-label", source);
    link.setAttribute("role", "button");
    link.setAttribute("aria-haspopup", "dialog");
    link.setAttribute("aria-label", `${link.textContent}: how ${source} is proved`);
    // Many buttons have the name Copy.
    for (const copy of link.parentElement.querySelectorAll("button")) copy.setAttribute("aria-description", source);
  }
  addEventListener("click", (event) => {
    const link = event.target.closest(".proof");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(card, link).catch(() => missed("How this block is proved"));
  });
  addEventListener("keydown", (event) => {
    if (event.key !== " " || !event.target.closest?.(".proof")) return;
    event.preventDefault();
    event.target.click();
  });
}

function build() {
  const card = element("div", { className: "proof-card", popover: "auto", tabIndex: -1 });
  card.setAttribute("role", "dialog");
  card.setAttribute("aria-label", "How this block is proved");
  document.body.append(card);
  return card;
}

async function open(card, link) {
  const { guide, sources } = await lookUp(link.href);
  const figure = link.closest("figure");
  const built = guide.querySelector("[data-built]");
  const { file, line, run, orders } = sources[figure.dataset.source];
  const word = link.hash.slice(1);
  card.replaceChildren(
    element("b", { className: "proof-word", textContent: word }),
    guide.querySelector(`[id="${word}"] + p`).cloneNode(true),
    word === "compared" && orders ? element("p", { textContent: orders }) : "",
    command(run),
    row("proof-links",
      element("a", { href: `${built.dataset.tree}${file}#L${line}`, textContent: `${file}, line ${line}` }),
      download(figure),
      element("a", { href: link.href, textContent: "All proofs" }),
    ),
    row("", ...built.cloneNode(true).childNodes),
  );
  card.showPopover({ source: link });
  place(card, link.getBoundingClientRect());
  card.focus({ preventScroll: true });
}

let found;

// Both are fetched once, when the first proof is opened.
function lookUp(address) {
  found ??= fetchGuide(address).catch((error) => {
    found = undefined;
    throw error;
  });
  return found;
}

async function fetchGuide(address) {
  const guide = new DOMParser().parseFromString(await (await get(address)).text(), "text/html");
  const sources = await get(guide.querySelector("[data-built]").dataset.sources);
  return { guide, sources: await sources.json() };
}

async function get(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response;
}

function command(run) {
  const line = element("div", { className: "proof-run" });
  line.append(element("code", { textContent: run }), button("Copy", () => run));
  return line;
}

// The whole program, where the block offers one to copy.
function download(figure) {
  const whole = figure.querySelector("[data-program]");
  if (!whole) return "";
  const name = decodeURI(whole.href).split("/").pop().replace(".", "_");
  return element("a", { href: whole.href, download: name, textContent: `Download ${name}` });
}

function row(className, ...parts) {
  const line = element("p", { className });
  line.append(...parts);
  return line;
}

function element(name, properties) {
  return Object.assign(document.createElement(name), properties);
}

// Below the word, or above it where there is more room; it scrolls along.
function place(card, box) {
  const { clientWidth, clientHeight } = document.documentElement;
  const { width, height } = card.getBoundingClientRect();
  const below = box.bottom + height < clientHeight || box.top < height;
  const left = Math.max(16, Math.min(box.left, clientWidth - width - 16));
  card.style.left = `${left + scrollX}px`;
  card.style.top = `${(below ? box.bottom + 4 : box.top - height - 4) + scrollY}px`;
}
