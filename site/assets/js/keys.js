// Whether "/" and "c" do what they do: a reader whose software types letters
// for them can switch them off (WCAG 2.1.4).
export function singleKeys() {
  try {
    return localStorage.getItem("awaitless-keys") !== "off";
  } catch {
    return true; // storage is forbidden
  }
}
