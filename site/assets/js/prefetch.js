// Fetches the page that the reader is about to open: the next one, and what a
// pointer or the focus rests on. Not for those who save data.
const fetched = new Set([location.pathname]);

export function prefetchPages() {
  if (navigator.connection?.saveData) return;
  const next = document.querySelector(".pager [rel=next]");
  if (next) prefetch(next);
  const likely = (event) => {
    const link = event.target.closest?.("a[href]");
    if (link) prefetch(link);
  };
  addEventListener("pointerover", likely, { passive: true });
  addEventListener("focusin", likely);
}

function prefetch({ origin, pathname }) {
  // Only pages: their addresses end in a slash.
  if (origin !== location.origin || !pathname.endsWith("/") || fetched.has(pathname)) return;
  fetched.add(pathname);
  const hint = document.createElement("link");
  hint.rel = "prefetch";
  hint.href = pathname;
  document.head.append(hint);
}
