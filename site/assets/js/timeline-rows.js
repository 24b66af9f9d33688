// The rows of a timeline, as the CSV of its fence holds them.
export function parse(csv) {
  const rows = [...csv.trim().matchAll(/(?:"((?:[^"]|"")*)"|([^,\n"]*))(,|\n|$)/g)]
    .reduce((all, [, quoted, plain, after]) => {
      all.at(-1).push(quoted?.replaceAll('""', '"') ?? plain);
      if (after === "\n") all.push([]);
      return all;
    }, [[]]);
  return rows.slice(1).map(([lane, from, to, state, at, note]) =>
    ({ lane, from: Number(from), to: to === "" ? Infinity : Number(to), state, at, note }));
}

export const last = (rows) => Math.max(1, ...rows.flatMap(({ from, to }) => [from, to].filter(isFinite)));

// A row as a sentence.
export function words({ lane, from, to, state, at, note }) {
  const line = at && ` (${at})`;
  switch (state) {
    case "start": return `${from} ms: ${note || "the runtime"} starts ${lane}${line}`;
    case "print": return `${from} ms: ${lane} prints ${note}${line}`;
    case "cancel": return `${from} ms: ${lane} cancels${line}`;
    case "end": return `${from} ms: ${lane} ends`;
  }
  const wait = `${lane} waits, ${state}${line}`;
  if (to === Infinity) return `From ${from} ms: ${wait}; never ends`;
  return `${from} to ${to} ms: ${wait}${note && `, until ${note}`}`;
}

// The code on this page that a place such as All:7 is in, and its line.
export function block({ dataset: { timeline } }, at) {
  const [, name, line] = at.match(/^(.*):(\d+)$/) ?? [];
  if (!name) return [];
  const owner = timeline.includes(":") ? timeline.split(":")[0] + ":" : timeline.replace(/[^.]*$/, "");
  const code = document.querySelector(`[data-source="${CSS.escape(owner + name)}"] code`);
  return code ? [code, Number(line)] : [];
}
