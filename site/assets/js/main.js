import { copyButtons } from "./copy.js";
import { themeToggle } from "./theme-toggle.js";

copyButtons();
themeToggle();
