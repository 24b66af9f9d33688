import { showSide } from "./compare.js";
import { copyButtons } from "./copy.js";
import { lazily } from "./lazily.js";
import { themeToggle } from "./theme-toggle.js";

showSide();
copyButtons();
themeToggle();
lazily();
