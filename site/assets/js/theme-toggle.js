import { announce } from "./announce.js";

const themes = ["system", "light", "dark"];
const root = document.documentElement;
const current = () => root.dataset.theme ?? "system";

// The button walks through the three themes and remembers the choice.
export function themeToggle() {
  const button = document.querySelector("[data-theme-toggle]");
  const label = button.querySelector("span");
  const bars = document.querySelectorAll("[name=theme-color]"); // light, dark
  const show = () => {
    const theme = label.textContent = current();
    bars.forEach((bar, i) => {
      const name = themes[i + 1];
      const media = { system: `(prefers-color-scheme: ${name})`, [name]: "all" };
      bar.media = media[theme] ?? "not all";
    });
  };
  button.addEventListener("click", () => {
    apply(themes[(themes.indexOf(current()) + 1) % themes.length]);
    show();
    announce(`Theme: ${current()}`);
  });
  // Another tab chose, or the page comes back from the browser's memory.
  const follow = () => {
    try {
      apply(localStorage.getItem("awaitless-theme") ?? "system");
    } catch {
      // As below.
    }
    show();
  };
  addEventListener("storage", follow);
  addEventListener("pageshow", follow);
  show();
}

function apply(theme) {
  if (theme === "system") delete root.dataset.theme;
  else root.dataset.theme = theme;
  try {
    if (theme === "system") localStorage.removeItem("awaitless-theme");
    else localStorage.setItem("awaitless-theme", theme);
  } catch {
    // Storage is forbidden: the choice lasts for this page.
  }
}
