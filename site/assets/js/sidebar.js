// The sidebar stands where it stood on the page before. The script that calls
// this blocks rendering, so nobody sees it jump; remember.js keeps the place.
export function placeSidebar() {
  try {
    document.querySelector("#menu").scrollTop = sessionStorage.sidebar;
  } catch {
    // Storage is forbidden: the list starts at its top.
  }
}
