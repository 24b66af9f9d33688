// Says a sentence to screen readers, through the page's one live region.
export function announce(sentence) {
  document.querySelector("[data-announce]").textContent = sentence;
}
