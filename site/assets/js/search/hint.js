import { singleKeys } from "../keys.js";
import { element } from "./element.js";

// What to type, and which keys do what.
export function hint(use) {
  const examples = ["wait_for", "errgroup", "semaphore", "WithTimeoutCause"].map((name) => {
    const button = element("button", { class: "button", type: "button" }, name);
    button.addEventListener("click", () => use(name));
    return button;
  });
  return element("div", { class: "search-hint" },
    element("p", {}, "Type a name from asyncio or Go, a message, or what you want to do."),
    element("p", { class: "search-examples" }, ...examples),
    element("p", { class: "search-keys" }, "Up and Down choose, Enter opens, Ctrl Enter opens a new tab, Esc closes."),
    element("p", {}, element("label", {}, keySwitch(), " Single keys: / opens search, c changes the sides.")));
}

function keySwitch() {
  const box = element("input", { type: "checkbox" });
  box.checked = singleKeys();
  box.addEventListener("change", () => {
    try {
      localStorage.setItem("awaitless-keys", box.checked ? "on" : "off");
    } catch {
      box.checked = true; // storage is forbidden
    }
  });
  return box;
}
