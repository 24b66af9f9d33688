import { element } from "./element.js";
import { hint } from "./hint.js";
import { nothing, options } from "./results.js";

// The search dialog: a combobox over a list of links. load returns the engine;
// until it has come, what is typed waits in the input. enrich gives it the
// prose, by which the results are ranked again, unless a reader is among them.
export function createDialog(load, enrich) {
  const parts = build();
  const { dialog, input, list, status, below } = parts;
  let engine;

  const show = () => {
    const query = input.value.trim();
    list.replaceChildren();
    if (!query) return say("", hint((example) => { input.value = example; show(); input.focus(); }));
    if (!engine) return say("Loading …");
    const result = engine.search(query);
    list.append(...options(result));
    if (!result.hits.length) return say(`Nothing found for “${query}”.`, nothing(engine.tables));
    choose(parts, 0);
    say(summary(result.hits.length, result.complete));
  };
  const say = (sentence, ...rest) => {
    status.textContent = sentence;
    below.replaceChildren(...rest);
    if (!list.children.length) input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-expanded", list.children.length > 0);
  };
  let loading;
  const ready = () => engine || (loading ??= load().then(
    (loaded) => {
      engine = loaded;
      show();
      enrich(engine).then(() => { if (input.value.trim() && chosen(list) < 1) show(); }, () => {});
    },
    () => say("The index could not be fetched. Type on to try again."),
  ).finally(() => { loading = undefined; }));

  input.addEventListener("input", () => { show(); ready(); });
  input.addEventListener("keydown", (event) => key(parts, event));
  return {
    open(typed) {
      if (dialog.open) return input.focus();
      dialog.showModal();
      if (typed) input.value = typed;
      input.focus();
      // A query from before is replaced by typing; letters just typed are not.
      if (!typed) input.select();
      show();
      ready();
    },
  };
}

function summary(all, complete) {
  const results = (count) => (count === 1 ? "1 result" : `${count} results`);
  if (complete === all) return results(all);
  if (complete) return `${results(complete)}; then ${all - complete} with some of the words.`;
  return `No section has all of these words; ${results(all)} with some of them.`;
}

function build() {
  const input = element("input", {
    class: "search-input", type: "text", role: "combobox", "aria-label": "Search", "aria-autocomplete": "list",
    "aria-controls": "search-list", "aria-expanded": "false", "aria-describedby": "search-below",
    autocomplete: "off", autocapitalize: "none", autocorrect: "off", spellcheck: "false",
    enterkeyhint: "go", placeholder: "A name, an error, a word",
  });
  const close = element("button", { class: "button", type: "button" }, "Close");
  const status = element("p", { class: "search-status", role: "status" });
  const list = element("div", { class: "search-list", id: "search-list", role: "listbox", "aria-label": "Results" });
  const below = element("div", { class: "search-below", id: "search-below" });
  const dialog = element("dialog", { class: "search", "aria-label": "Search" },
    element("div", { class: "search-bar" }, input, close), status, list, below);
  close.addEventListener("click", () => dialog.close());
  // Its children cover the dialog: what hits the dialog itself hit the backdrop.
  dialog.addEventListener("pointerdown", (event) => { if (event.target === dialog) dialog.close(); });
  // A link to a place on this very page must not stay behind the dialog.
  dialog.addEventListener("click", (event) => {
    const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey;
    if (event.target.closest("a") && !elsewhere) dialog.close();
  });
  document.body.append(dialog);
  return { dialog, input, list, status, below };
}

function key({ input, list }, event) {
  // The Enter that ends a composition is 229 in Safari, where it is not composing.
  if (event.isComposing || event.keyCode === 229) return;
  const at = chosen(list);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && list.children.length) {
    event.preventDefault();
    choose({ input, list }, (at + step + list.children.length) % list.children.length);
  }
  if (event.key === "Enter") {
    event.preventDefault();
    // The options are links: with Ctrl or Shift the browser does what it does.
    const { ctrlKey, metaKey, shiftKey } = event;
    list.children[at]?.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, ctrlKey, metaKey, shiftKey }));
  }
}

const chosen = (list) => [...list.children].findIndex((option) => option.ariaSelected === "true");

function choose({ input, list }, at) {
  for (const [i, option] of [...list.children].entries()) option.setAttribute("aria-selected", i === at);
  const option = list.children[at];
  input.setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
}
