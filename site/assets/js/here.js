// Marks the section that the reader is in, in the table of contents: the last
// one whose heading has passed the upper third of the window.
export function markHere() {
  const links = new Map();
  for (const link of document.querySelectorAll(".toc a")) {
    links.set(document.getElementById(decodeURIComponent(link.hash.slice(1))), link);
  }
  if (links.size === 0) return;
  let marked;
  let due = false;
  const mark = () => {
    due = false;
    const atEnd = scrollY > 0 && scrollY + innerHeight >= document.documentElement.scrollHeight - 1;
    const passed = [...links.keys()].filter((heading) => heading.getBoundingClientRect().top < innerHeight / 3);
    const link = links.get((atEnd ? [...links.keys()] : passed).at(-1));
    if (link === marked) return;
    marked?.removeAttribute("aria-current");
    link?.setAttribute("aria-current", "true");
    marked = link;
  };
  const soon = () => {
    if (!due) requestAnimationFrame(mark);
    due = true;
  };
  addEventListener("scroll", soon, { passive: true });
  addEventListener("resize", soon);
  soon();
}
