// Runs before the first paint, so that a chosen theme never flashes.
const root = document.documentElement;
root.dataset.js = "";
try {
  const theme = localStorage.getItem("theme");
  if (theme) root.dataset.theme = theme;
} catch {
  // Storage is forbidden: the system's theme it is.
}
