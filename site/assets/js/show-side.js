const root = document.documentElement;

// Which sides are shown is the root's data-show: theme.js sets it before
// the first paint, and the stylesheet hides what is not wanted. The buttons
// tell it to screen readers; sides.js makes them work.
export function showSide(side = root.dataset.show ?? "both") {
  root.dataset.show = side;
  for (const button of document.querySelectorAll("[data-sides] button")) {
    button.setAttribute("aria-pressed", button.value === side);
  }
}
