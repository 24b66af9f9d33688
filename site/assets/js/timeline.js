import { announce } from "./announce.js";
import { markLine, lineAt } from "./lines.js";
import { player } from "./timeline-play.js";
import { parse, words, block } from "./timeline-rows.js";

// Joins the shapes of a timeline to its rows in words and to the lines of code:
// the i-th shape of class "e" is the i-th row. Nothing in the code changes.
export function timelines() {
  for (const figure of document.querySelectorAll("[data-timeline]")) timeline(figure);
}

function timeline(figure) {
  const svg = figure.querySelector("svg");
  const rows = parse(figure.querySelector("pre").textContent);
  const shapes = [...svg.querySelectorAll(".e")];
  const status = figure.querySelector("p");
  const key = [...status.childNodes];
  let current = -1;

  const mark = (some) => shapes.forEach((shape, i) => shape.classList.toggle("on", some.includes(i)));
  const show = (i) => {
    current = i;
    mark([i]);
    status.replaceChildren(...(i < 0 ? key : [words(rows[i])]));
    markLine(...(i < 0 ? [] : block(figure, rows[i].at)));
  };

  const point = (event) => {
    const i = nearest(shapes, rows, event);
    if (i !== current) show(i);
  };
  svg.addEventListener("pointermove", point);
  svg.addEventListener("pointerdown", point);
  // A finger leaves when it lifts, and its owner wants to read.
  svg.addEventListener("pointerleave", (event) => { if (event.pointerType !== "touch") show(-1); });

  svg.tabIndex = 0;
  // Otherwise a screen reader keeps the arrow keys to itself.
  svg.setAttribute("role", "application");
  const visit = (i) => {
    show(i);
    announce(words(rows[i]));
  };
  svg.addEventListener("focus", () => { if (svg.matches(":focus-visible")) visit(Math.max(current, 0)); });
  svg.addEventListener("blur", () => show(-1));
  svg.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const next = step(rows, Math.max(current, 0), event.key);
    if (next === undefined) return;
    event.preventDefault(); // the arrows also scroll
    visit(next);
  });

  hearCode(figure, rows, mark);
  player({ figure, svg, rows, shapes, show });
}

// A line of code under the pointer marks its shapes.
function hearCode(figure, rows, mark) {
  const lines = new Map();
  rows.forEach((row, i) => {
    const [code, line] = block(figure, row.at);
    if (!code) return;
    if (!lines.has(code)) lines.set(code, new Map());
    lines.get(code).set(line, [...(lines.get(code).get(line) ?? []), i]);
  });
  for (const [code, events] of lines) {
    let last;
    const hear = (line) => {
      if (line === last) return;
      last = line;
      const some = events.get(line) ?? [];
      mark(some);
      markLine(...(some.length ? [code, line] : []));
    };
    code.addEventListener("pointermove", (event) => hear(lineAt(code, event.clientY)));
    code.addEventListener("pointerleave", () => hear());
  }
}

// The shape next to the pointer, or -1. Of two as near, the later is on top; a
// start counts only at its arrow's head, since its line crosses other lanes.
function nearest(shapes, rows, { clientX, clientY }) {
  let best = -1, least = 12;
  shapes.forEach((shape, i) => {
    let { left, right, top, bottom } = shape.getBoundingClientRect();
    if (rows[i].state === "start") top = bottom - 6;
    const far = Math.hypot(Math.max(left - clientX, clientX - right, 0), Math.max(top - clientY, clientY - bottom, 0));
    if (far <= least) [best, least] = [i, far];
  });
  return best;
}

// Left and right along a lane, up and down to what another lane did then.
function step(rows, i, key) {
  const { lane, from } = rows[i];
  const lanes = [...new Set(rows.map((row) => row.lane))];
  const of = (name) => rows.flatMap((row, j) => row.lane === name ? [j] : []);
  switch (key) {
    case "ArrowRight": return rows[i + 1]?.lane === lane ? i + 1 : i;
    case "ArrowLeft": return rows[i - 1]?.lane === lane ? i - 1 : i;
    case "Home": return of(lane)[0];
    case "End": return of(lane).at(-1);
    case "ArrowUp": case "ArrowDown": {
      const other = lanes[lanes.indexOf(lane) + (key === "ArrowUp" ? -1 : 1)];
      if (other === undefined) return i;
      const all = of(other);
      return all.findLast((j) => rows[j].from <= from) ?? all[0];
    }
  }
}
