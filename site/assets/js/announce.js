// Says a sentence to screen readers, through the page's one live region. It is
// emptied first: the same sentence twice would be heard only once.
export function announce(sentence) {
  const region = document.querySelector("[data-announce]");
  if (region.popover) region.hidePopover();
  region.textContent = "";
  setTimeout(() => { region.textContent = sentence; }, 50);
  return region;
}

// Says it visibly, too, until the reader's next press or the next sentence. A
// popover needs none of our styles to be seen.
export function tell(sentence) {
  const region = announce(sentence);
  region.className = "update";
  region.popover = "auto";
  region.showPopover();
  region.ontoggle = ({ newState }) => {
    if (newState === "open") return;
    region.className = "unseen";
    region.popover = null;
  };
}
