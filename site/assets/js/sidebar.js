// The sidebar stands where it stood on the page before, unless this page would
// not be seen in it; remember.js keeps the place.
export function placeSidebar() {
  const menu = document.querySelector("#menu");
  try {
    menu.scrollTop = sessionStorage.sidebar;
  } catch {
    // Storage is forbidden: the list starts at its top.
  }
  const here = menu.querySelector("[aria-current]")?.offsetTop;
  const { scrollTop, clientHeight } = menu;
  if (here < scrollTop || here > scrollTop + clientHeight - 99) menu.scrollTop = here - clientHeight / 2;
}
