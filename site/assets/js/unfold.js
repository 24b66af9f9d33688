// A link to what is folded opens it.
export function unfold() {
  const fold = document.querySelector(":target")?.closest("details");
  if (fold) fold.open = true;
}
