import { copyButtons } from "./copy.js";
import { lazily } from "./lazily.js";
import { themeToggle } from "./theme-toggle.js";

copyButtons();
themeToggle();
lazily();
