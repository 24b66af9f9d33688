const root = document.documentElement;

export const themes = ["system", "light", "dark"];
export const current = () => root.dataset.theme ?? "system";

// Shows the theme where it is not the page that shows it: on the button, and in
// what the browser draws around the page.
export function showTheme() {
  document.querySelector("[data-theme-toggle] span").textContent = current();
  document.querySelectorAll("[name=theme-color]").forEach((bar, i) => { // light, dark
    const name = themes[i + 1];
    bar.media = { system: `(prefers-color-scheme: ${name})`, [name]: "all" }[current()] ?? "not all";
  });
}
