// Lines of a block of code, without elements of their own: they are ranges of its
// text, marked by the CSS Custom Highlight API where the browser has it.
export function markLine(code, line) {
  if (!CSS.highlights) return;
  CSS.highlights.delete("line");
  if (code) CSS.highlights.set("line", new Highlight(range(code, line)));
}

export function lineAt(code, y) {
  const { top, height } = code.getBoundingClientRect();
  const letters = range(code, 1).getBoundingClientRect().height;
  const lines = code.textContent.trimEnd().split("\n").length;
  const pitch = lines > 1 ? (height - letters) / (lines - 1) : height;
  return Math.floor((y - top + (pitch - letters) / 2) / pitch) + 1;
}

// From the first letter of a line to its end.
function range(code, line) {
  const lines = code.textContent.split("\n");
  const before = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
  const text = lines[line - 1] ?? "";
  const range = new Range();
  const from = point(code, before + text.length - text.trimStart().length);
  const to = point(code, before + text.length);
  range.setStart(...from);
  range.setEnd(...to);
  return range;
}

function point(code, offset) {
  const walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
  let node;
  while ((node = walker.nextNode())) {
    if (offset <= node.length) return [node, offset];
    offset -= node.length;
  }
  return [code, code.childNodes.length];
}
