// A block that scrolls takes the focus, so that the arrow keys can scroll it.
// One that shows all it has would only be a stop on the way to the next link.
export function stopWhereCodeScrolls() {
  const observer = new ResizeObserver((entries) => entries.forEach(({ target }) => fit(target)));
  for (const pre of document.querySelectorAll("pre[tabindex]")) observer.observe(pre);
}

function fit(pre) {
  if (pre === document.activeElement) return; // the focus is not taken away
  if (pre.scrollWidth > pre.clientWidth) pre.tabIndex = 0;
  else pre.removeAttribute("tabindex");
}
