import { announce } from "./announce.js";
import { current, showTheme, themes } from "./theme-shown.js";

const root = document.documentElement;

// The button walks through the three themes and remembers the choice.
export function themeToggle() {
  document.querySelector("[data-theme-toggle]").addEventListener("click", () => {
    apply(themes[(themes.indexOf(current()) + 1) % themes.length]);
    announce(`Theme: ${current()}`);
  });
  // Another tab chose, or the page comes back from the browser's memory.
  const follow = () => {
    try {
      apply(localStorage.getItem("awaitless-theme") ?? "system");
    } catch {
      // As below.
    }
  };
  addEventListener("storage", follow);
  addEventListener("pageshow", follow);
  follow(); // or chose before this script came
}

function apply(theme) {
  if (theme === "system") delete root.dataset.theme;
  else root.dataset.theme = theme;
  showTheme();
  try {
    if (theme === "system") localStorage.removeItem("awaitless-theme");
    else localStorage.setItem("awaitless-theme", theme);
  } catch {
    // Storage is forbidden: the choice lasts for this page.
  }
}
