import { announce } from "./announce.js";
import { last, moment, words } from "./timeline-rows.js";

const duration = 4000; // ms for the whole of any timeline
const calm = matchMedia("(prefers-reduced-motion: reduce)");

// A button that sweeps over the timeline and repeats what was printed, as it
// happened. With reduced motion it goes from moment to moment instead.
export function player({ figure, svg, rows, shapes, show }) {
  const end = last(rows);
  const moments = [...new Set(rows.map((row) => row.from))].sort((a, b) => a - b);
  const left = 1.5, right = Number(svg.dataset.end);
  let now = Infinity, started = 0, frame = 0, line, log;

  const button = document.createElement("button");
  button.type = "button";
  button.className = "button";
  figure.querySelector("figcaption").append(button);
  const name = () => {
    button.textContent = frame ? "Pause" : calm.matches ? "Step" : "Play";
    button.setAttribute("aria-label", `${button.textContent} timeline`);
  };

  const begin = () => {
    if (!line) {
      line = document.createElementNS(svg.namespaceURI, "line");
      line.classList.add("now");
      line.setAttribute("y2", "100%");
      svg.append(line);
      log = document.createElement("pre");
      log.setAttribute("role", "log");
      log.setAttribute("aria-label", "Printed");
      figure.querySelector("p").after(log);
    }
    log.textContent = "";
    now = -1;
  };
  const go = (time) => {
    const x = `${left + (right - left) * time / end}%`;
    line.setAttribute("x1", x);
    line.setAttribute("x2", x);
    for (const row of printed(rows, now, time)) log.append(`${moment(row, row.from)}  ${row.note}\n`);
    shapes.forEach((shape, i) => {
      shape.classList.toggle("later", rows[i].from > time);
      const wake = shape.nextElementSibling;
      if (wake.matches(".wake")) wake.classList.toggle("later", rows[i].to > time);
    });
    now = time;
  };
  const stop = () => {
    cancelAnimationFrame(frame);
    frame = 0;
    name();
  };
  const sweep = (time) => {
    go(Math.min((time - started) / duration * end, end));
    if (now < end) frame = requestAnimationFrame(sweep);
    else stop();
  };

  button.addEventListener("click", () => {
    if (frame) return stop();
    if (now >= moments.at(-1)) begin();
    if (calm.matches) {
      go(moments.find((moment) => moment > now));
      show(rows.findIndex((row) => row.from === now));
      announce(rows.filter((row) => row.from === now).map(words).join("; "));
      return;
    }
    started = performance.now() - Math.max(now, 0) / end * duration;
    frame = requestAnimationFrame(sweep);
    name();
  });
  calm.addEventListener("change", stop);
  name();
}

// What was printed after one moment and until another, in the order in which it
// was: where lanes print at one time, the rows say which is next.
function printed(rows, after, until) {
  return rows.filter(({ state, from }) => state === "print" && from > after && from <= until)
    .sort((a, b) => a.from - b.from || a.order - b.order || 0);
}
