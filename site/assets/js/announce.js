// Says a sentence to screen readers, through the page's one live region. It is
// emptied first: the same sentence twice would be heard only once.
export function announce(sentence) {
  const region = document.querySelector("[data-announce]");
  region.textContent = "";
  setTimeout(() => { region.textContent = sentence; }, 50);
}
