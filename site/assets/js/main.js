import { showSide } from "./show-side.js";
import { copyButtons } from "./copy.js";
import { colourKeywords } from "./keywords.js";
import { lazily } from "./lazily.js";
import { unfold } from "./unfold.js";
import { placeSidebar } from "./sidebar.js";
import { showTheme } from "./theme-shown.js";

document.documentElement.dataset.js = "on"; // what needs this script is shown
placeSidebar();
showSide();
colourKeywords();
copyButtons();
showTheme();
lazily();
unfold();
addEventListener("hashchange", unfold);
