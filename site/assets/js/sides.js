import { announce } from "./announce.js";
import { showSide } from "./show-side.js";
import { singleKeys } from "./keys.js";

// The reader shows both sides of the pages, or keeps one, by button or by "c".
export function sides(seen) {
  const group = document.querySelector("[data-sides]");
  if (!group) return;
  group.addEventListener("click", ({ target }) => {
    const pressed = target.closest("button");
    if (pressed) choose(pressed.value, pressed.textContent);
  });
  const key = (event) => {
    if (!isKey(event)) return;
    const now = group.querySelector("[aria-pressed=true]");
    (now.nextElementSibling ?? group.firstElementChild).click();
  };
  addEventListener("keydown", key);
  seen.forEach(key);
  // Another tab chose, or the page comes back from the browser's memory.
  addEventListener("storage", recall);
  addEventListener("pageshow", recall);
}

function isKey(event) {
  return event.type === "keydown" && event.key === "c" && !event.repeat && !event.defaultPrevented && singleKeys()
    && !event.ctrlKey && !event.altKey && !event.metaKey
    && !document.querySelector(":modal")
    && !event.target.closest?.("input, textarea, select, [contenteditable], dialog");
}

function choose(side, name) {
  keepPlace(() => showSide(side));
  announce(`Code: ${name}`);
  try {
    localStorage.setItem("awaitless-show", side);
  } catch {
    // Storage is forbidden: the choice lasts for this page.
  }
}

function recall() {
  try {
    showSide(localStorage.getItem("awaitless-show") ?? undefined);
  } catch {
    // As above.
  }
}

// What stood first on the screen, and is still shown, stands where it stood.
function keepPlace(change) {
  const covered = document.querySelector(".top").getBoundingClientRect().bottom;
  const below = [...document.querySelectorAll(".prose > *")]
    .map((element) => [element, element.getBoundingClientRect()])
    .filter(([, box]) => box.bottom > covered);
  change();
  const [first, box] = below.find(([element]) => element.checkVisibility()) ?? [];
  if (first) scrollBy({ top: first.getBoundingClientRect().top - box.top, behavior: "instant" });
}
