// Left and Right turn the page, unless they mean something where the focus is.
const needsArrows = "input, textarea, select, audio, video, dialog, [popover], [contenteditable], " +
  "[role=radiogroup], [role=tablist], [role=listbox], [role=menu], [role=slider]";

export function turnPages(seen) {
  addEventListener("keydown", turn);
  for (const event of seen) if (event.type === "keydown") turn(event);
}

function turn(event) {
  const rel = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
  if (!rel || event.defaultPrevented || event.isComposing || event.repeat) return;
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (taken()) return;
  document.querySelector(`.pager [rel=${rel}]`)?.click();
}

// taken says that the keys move a cursor, a choice, or what scrolls sideways.
function taken() {
  const scrolls = (element) => element.scrollWidth > element.clientWidth;
  if (scrolls(document.documentElement)) return true;
  if (document.querySelector("dialog[open], :popover-open")) return true;
  const focus = document.activeElement;
  if (focus.isContentEditable || focus.closest(needsArrows)) return true;
  const pre = focus.closest("pre");
  return Boolean(pre && scrolls(pre));
}
