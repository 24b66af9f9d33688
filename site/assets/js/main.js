import { showSide } from "./compare.js";
import { copyButtons } from "./copy.js";
import { lazily } from "./lazily.js";
import { placeSidebar } from "./sidebar.js";
import { themeToggle } from "./theme-toggle.js";

placeSidebar();
showSide();
copyButtons();
themeToggle();
lazily();
