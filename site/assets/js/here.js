// Marks the section that the reader is in, in the table of contents: the last
// one whose heading has passed the upper third of the window.
export function markHere() {
  const links = new Map();
  for (const link of document.querySelectorAll(".toc a")) {
    links.set(document.getElementById(link.hash.slice(1)), link);
  }
  if (links.size === 0) return;
  let marked;
  let due = false;
  const mark = () => {
    due = false;
    const link = links.get(current([...links.keys()]));
    if (link === marked) return;
    marked?.removeAttribute("aria-current");
    link?.setAttribute("aria-current", "true");
    marked = link;
  };
  const soon = () => {
    if (!due) requestAnimationFrame(mark);
    due = true;
  };
  for (const name of ["scroll", "resize", "hashchange"]) addEventListener(name, soon, { passive: true });
  soon();
  closeContents(document.querySelector("#toc"));
}

// The contents, where they are a popover, close behind the reader, who goes on
// from the heading and not from the button that opened them.
function closeContents(contents) {
  contents.addEventListener("click", ({ target }) => {
    const link = target.closest("a");
    if (!link || !contents.matches(":popover-open")) return;
    contents.hidePopover();
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  });
}

function current(headings) {
  const above = (line) => headings.filter((heading) => heading.getBoundingClientRect().top < line);
  const page = document.documentElement;
  const atEnd = page.scrollTop > 0 && page.scrollTop + innerHeight >= page.scrollHeight - 1;
  const passed = above(innerHeight / 3);
  const asked = passed.find((heading) => `#${heading.id}` === location.hash);
  if (!atEnd) return asked?.getBoundingClientRect().top >= 0 ? asked : passed.at(-1);
  // The last sections share the last window: the one asked for, or the last.
  const shown = above(innerHeight).slice(passed.length);
  return shown.find((heading) => `#${heading.id}` === location.hash) ?? shown.at(-1) ?? passed.at(-1);
}
