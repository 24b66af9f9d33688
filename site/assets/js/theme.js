// Runs before the first paint, so that what the reader chose never flashes.
// A host may share its storage among several sites: the keys bear our name.
const root = document.documentElement;
root.dataset.js = ""; // keeps the room of what main.js will show
try {
  for (const name of ["theme", "show"]) {
    const choice = localStorage.getItem(`awaitless-${name}`);
    if (choice) root.dataset[name] = choice;
  }
} catch {
  // Storage is forbidden: the system's theme it is, and both sides.
}
