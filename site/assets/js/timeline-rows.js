// The rows of a timeline, as the CSV of its fence holds them.
export function parse(csv) {
  const steps = csv.trimStart().startsWith("lane,from step");
  const rows = [...csv.trim().matchAll(/(?:"((?:[^"]|"")*)"|([^,\n"]*))(,|\n|$)/g)]
    .reduce((all, [, quoted, plain, after]) => {
      all.at(-1).push(quoted?.replaceAll('""', '"') ?? plain);
      if (after === "\n") all.push([]);
      return all;
    }, [[]]);
  return rows.slice(1).map(([lane, from, to, state, at, note, order]) =>
    ({ lane, from: Number(from), to: to === "" ? Infinity : Number(to), state, at, note, order: Number(order), steps }));
}

export const last = (rows) => Math.max(1, ...rows.flatMap(({ from, to }) => [from, to].filter(isFinite)));

// A moment, where no time passes a step.
export const moment = ({ steps }, time) => steps ? `step ${time}` : `${time} ms`;

// A row as a sentence.
export function words(row) {
  const { lane, from, to, state, at, note, steps } = row;
  const line = at && ` (${at})`, when = moment(row, from);
  switch (state) {
    case "start": return `${when}: ${note || "the runtime"} starts ${lane}${line}`;
    case "print": return `${when}: ${lane} prints ${note}${line}`;
    case "cancel": return `${when}: ${lane} cancels${line}`;
    case "end": return `${when}: ${lane} ends`;
  }
  const wait = `${lane} waits, ${state}${line}`;
  if (to === Infinity) return `From ${when}: ${wait}; ${note === "cut off" ? note : "never ends"}`;
  return `${steps ? "step " : ""}${from} to ${to}${steps ? "" : " ms"}: ${wait}${note && `, until ${note}`}`;
}

// The code on this page that a place such as All:7 is in, and its line.
export function block({ dataset: { timeline } }, at) {
  const [, name, line] = at.match(/^(.*):(\d+)$/) ?? [];
  if (!name) return [];
  const owner = timeline.includes(":") ? timeline.split(":")[0] + ":" : timeline.replace(/[^.]*$/, "");
  const code = document.querySelector(`[data-source="${CSS.escape(owner + name)}"] code`);
  return code ? [code, Number(line)] : [];
}
