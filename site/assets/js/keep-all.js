import { announce } from "./announce.js";
import { missed } from "./bring.js";

// Asks a worker and hears its answers.
export function ask(worker, question, hear) {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }) => hear(data);
  worker.postMessage(question, [port2]);
}

// The last line of the page says what all pages weigh, fetches them for who
// presses it, and lets go of them again.
export function offerAll(registration) {
  const line = document.createElement("p");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button keep-all";
  line.append(button);
  let kept, busy, said;
  const hear = ({ all, bytes, done, of, failed }) => {
    if (done) return progress(done, of);
    if (failed) missed("Some of the pages"); // those that came are there next time
    else if (busy) announce(all ? "All pages are kept for offline reading." : "Only what you read is kept.");
    kept = failed ? false : all;
    busy = said = undefined;
    if (!line.isConnected) document.querySelector(".bottom").append(line); // it has words now
    const cost = (bytes / 1e6).toFixed(1);
    if (failed) ask(registration.active, "state", hear);
    else button.textContent = kept ? "All pages are kept. Keep only what I read" : `Keep all pages for offline reading (${cost} MB)`;
  };
  const progress = (done, of) => {
    button.textContent = `Keeping all pages: ${done} of ${of}`;
    const quarter = Math.floor(4 * done / of);
    if (quarter !== said) announce(`${25 * quarter} % fetched`);
    said = quarter;
  };
  button.addEventListener("click", () => {
    if (busy) return;
    busy = true;
    ask(registration.active, kept ? "forget" : "keep", hear);
  });
  ask(registration.active, "state", hear);
}
