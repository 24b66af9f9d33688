// Keeps the place of the sidebar for the next page, see sidebar.js.
export function rememberSidebar() {
  addEventListener("pagehide", () => {
    try {
      sessionStorage.sidebar = document.querySelector("#menu").scrollTop;
    } catch {
      // Storage is forbidden.
    }
  });
}
