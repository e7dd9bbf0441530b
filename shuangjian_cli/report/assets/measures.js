// What of the payload's measures is compared: one period and status, the same in the comparison and
// its charts, and kept in the address. The rules are those of compare/matrix.py and course.py.

const DEFAULTS = { shows: "matrix", level: data.level, period: "latest", status: "achieved", confidence: "check", pillar: "", metric: "", least: "2", order: "shared", q: "" };
const SURE = ["certain", "likely", "check"];
const YEAR = /^\d{4}$/;

/** The filters of the comparison, as the address has them. */
let view = { ...DEFAULTS };

/** Take the filters from an address; what it does not name is as usual. */
function readView(parameters) {
  view = { ...DEFAULTS, ...Object.fromEntries([...parameters].filter(([key]) => key in DEFAULTS)) };
  if (!data.matrices.some((each) => each.level === view.level)) view.level = DEFAULTS.level;
}

/** The address of a page under the filters of now. */
function viewAddress(page, wanted = view) {
  const named = Object.entries(wanted).filter(([key, value]) => value !== DEFAULTS[key]);
  return `#${page}${named.length ? `?${new URLSearchParams(named)}` : ""}`;
}

/** What is made under other filters than those of now. */
function under(wanted, make) {
  const before = view;
  view = { ...DEFAULTS, ...wanted };
  try {
    return make();
  } finally {
    view = before;
  }
}

/** Change filters, and the address with them, without going anywhere. */
function setView(page, changes) {
  view = { ...view, ...changes };
  history.replaceState(null, "", viewAddress(page));
}

function theMatrix(level = view.level) {
  return data.matrices.find((each) => each.level === level) ?? { level, columns: [], rows: [], notes: {} };
}

/** A period as people write it: 2021–2025, to 2023-11, since 2022. */
function periodText(period) {
  if (!period) return t("undated");
  const [start, end] = period.split("/");
  if (end === undefined) return period;
  if (start === "..") return t("until", end);
  return end === ".." ? t("since", start) : `${start}–${end}`;
}

/** The first and last day of a period, for holding one against another. */
function spanOf(period) {
  let [start, end] = period.split("/");
  if (start === "..") start = end;
  if (end === undefined || end === "..") end = start;
  return [start + "-01-01".slice(Math.max(0, start.length - 4)), end + "-12-31".slice(Math.max(0, end.length - 4))];
}

function textOf(place) {
  return place < 0 ? null : pool[place];
}

/** An entry of a row, named. */
function entry([column, id, value, valueMax, period, wording, count, rivals]) {
  return { column, id, value, valueMax, period: textOf(period), wording, count, rivals, status: field("status", id) };
}

/** The entries of a row that the filters keep, by column. */
function kept(row, status = view.status) {
  const places = new Map();
  for (const each of row.entries.map(entry)) {
    if (status !== "both" && each.status !== status) continue;
    if (SURE.indexOf(field("confidence", each.id)) > SURE.indexOf(view.confidence)) continue;
    if (!places.has(each.column)) places.set(each.column, []);
    places.get(each.column).push(each);
  }
  return places;
}

/** By period, the columns that report it: as achieved and of a metric, if any does. */
function reportedOf(rows) {
  const found = new Map();
  for (const row of rows)
    for (const [column, entries] of kept(row))
      for (const each of entries) {
        if (each.period === null) continue;
        const about = (row.metric === null ? 2 : 0) + (each.status === "achieved" ? 0 : 1);
        if (!found.has(about)) found.set(about, new Map());
        const periods = found.get(about);
        if (!periods.has(each.period)) periods.set(each.period, new Set());
        periods.get(each.period).add(column);
      }
  return found.get(Math.min(...found.keys())) ?? new Map();
}

/** The latest year that at least half of the places report, else the one that most do. */
function usualPeriod(reported, places) {
  let years = [...reported.keys()].filter((period) => YEAR.test(period));
  if (!years.length) years = [...reported.keys()];
  const common = years.filter((year) => 2 * reported.get(year).size >= places);
  if (common.length) return common.sort().at(-1);
  const most = (a, b) => reported.get(b).size - reported.get(a).size || (a < b ? 1 : -1);
  return years.sort(most)[0] ?? null;
}

/** The comparison's period, or where no two places of a row report it one that two do. */
function rowPeriod(row, period) {
  const counts = new Map();
  for (const entries of kept(row).values())
    for (const each of new Set(entries.map((entry) => entry.period))) if (each !== null) counts.set(each, (counts.get(each) ?? 0) + 1);
  const most = Math.max(0, ...counts.values());
  if (most < 2 || counts.get(period) > 1) return period;
  const order = (each) => [YEAR.test(each) ? "1" : "0", ...spanOf(each).reverse(), each].join(" ");
  return [...counts.keys()].filter((each) => counts.get(each) === most).sort((a, b) => (order(a) < order(b) ? 1 : -1))[0];
}

/** The place in `data` of what is said of each status of the view. */
const STATUSES = ["achieved", "target", "both"];

/** The rows, with the figures of those that another one shows in it: a part in the cell of a place that has
 * none, the others as its `beside`, by column. Of a whole that no place reports one part alone is a row. */
function besides(rows, all) {
  const status = STATUSES.indexOf(view.status);
  const shown = new Map(rows.map((row) => [row.at, row]));
  const inRows = () => {
    const found = new Map();
    for (const row of rows)
      for (let at = row.hosts[status]; at >= 0; at = all[at].hosts[status]) if (shown.has(at)) found.set(row, shown.get(at));
    return found;
  };
  const levels = [...inRows()].filter(([row]) => row.role === "level").map(([, host]) => host);
  for (const row of rows) if (!row.cells.length && levels.filter((each) => each === row).length < 2) shown.delete(row.at);
  const host = inRows();
  const wide = (row) => ["change", "rank", "level"].indexOf(row.role) * 10 + row.groups.length + (row.stage !== null) + (row.kind !== null);
  for (const row of rows) {
    row.beside = new Map();
    const guests = rows.filter((each) => host.get(each) === row);
    guests.sort((a, b) => wide(a) - wide(b) || (pool[a.key] < pool[b.key] ? -1 : 1));
    for (const guest of guests)
      for (const cell of guest.cells) {
        const empty = !row.cells.some((each) => each.column === cell.column);
        if (empty && guest.role === "level" && guest.family === row.family && (!row.cells.length || guest.scale === row.scale)) {
          if (!row.cells.length) [row.unit, row.scale] = [guest.unit, guest.scale];
          else if (row.mixed && guest.unit !== row.unit && guest.unit >= 0 && row.unit >= 0) row.unit = row.base;
          row.cells.push({ ...cell, part: guest, alike: false, narrower: false, comparable: false, current: cell.period === row.period, rank: null, share: null });
        } else row.beside.set(cell.column, [...(row.beside.get(cell.column) ?? []), { row: guest, cell }]);
      }
    row.cells.sort((a, b) => a.column - b.column);
  }
  const alone = rows.filter((row) => !host.has(row) && (row.cells.length || row.beside.size));
  return { rows: alone, guests: [...host.keys()] };
}

/** The columns in which a row has any figure. */
function columnsOf(row) {
  return [...new Set([...row.cells.map((cell) => cell.column), ...row.beside.keys()])];
}

/** A label within a phrase: English ones lose their capital, but for abbreviations. */
function inside(kind, key) {
  return within(label(kind, key));
}

function within(text) {
  return language === "zh" || /^.[A-Z]/.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1);
}

/** What sets a part apart from what its row measures: ⊂公办、义务教育. */
function partText(row, host) {
  const parts = row.groups.filter((each) => !host.groups.includes(each)).map((each) => inside("groups", each));
  if (row.stage !== host.stage) parts.unshift(inside("stage", row.stage));
  if (row.kind && row.kind.zh !== host.kind?.zh) parts.unshift(within(row.kind[language]));
  return parts.length ? `⊂${parts.join(language === "zh" ? "、" : ", ")}` : "";
}

/** A figure of another measure in a row: +0.6百分点, ⊂公办 103万个, 排名 全国 4位, ∗检查机构 900家次. */
function besideText({ row, cell }, host) {
  const own = host.cells.find((each) => each.column === cell.column);
  const scale = scaleOf([cell.value]);
  const unit = rowUnit(row, scale);
  const number = numberText(cell.id, cell.value, cell.valueMax, scale) + (language === "en" && !["", "%"].includes(unit) ? " " : "") + unit;
  const period = field("period", cell.id);
  return [
    partText(row, host),
    row.role === "rank" ? `${row.moved ? t("rank_moved") : inside("role", "rank")} ${label("scope", row.scope)}`.trim() : "",
    row.role === "level" && row.family !== host.family ? `∗${cell.subject}` : "",
    row.per_year ? inside("field", "per_year") : "",
    number,
    cell.status === "target" ? "◇" : "",
    cell.rivals.length ? "≠" : "",
    period && (!own || field("period", own.id) !== period) ? `(${periodText(period)})` : "",
  ].filter(Boolean).join(" ");
}

/** The wording that most places use; of several, the first in the row's order. None: each uses its own. */
function usualWording(places) {
  const used = new Map();
  for (const [column, entries] of places)
    for (const each of entries) used.set(each.wording, (used.get(each.wording) ?? new Set()).add(column));
  const [wording, columns] = [...used].sort((a, b) => b[1].size - a[1].size || a[0] - b[0])[0] ?? [null, new Set()];
  return columns.size > 1 ? wording : null;
}

/** The cells of a row for a period, by column, ranked among those that may be held together. */
function cellsOf(row, period, strict) {
  const places = kept(row);
  if (strict)
    for (const [column, entries] of places) {
      const own = entries.filter((each) => each.period === period);
      if (own.length) places.set(column, own);
      else places.delete(column);
    }
  const shared = usualWording(places);
  const order = (each) => [shared !== null && each.wording !== shared, each.status !== "achieved", each.period !== period].map(Number);
  const sorted = [...places.values()].map((entries) =>
    [...entries].sort((a, b) => {
      const [one, two] = [order(a), order(b)];
      return one.map((value, at) => value - two[at]).find((each) => each) ?? 0;
    }),
  );
  const usual = shared ?? Math.min(...sorted.map(([first]) => first.wording));
  const narrower = (wording) => row.metric !== null && !row.mixed && wording !== usual && row.words[usual].every((word) => row.words[wording].includes(word));
  const cells = sorted.map(([first, ...others]) => {
    const alike = first.wording === usual;
    const current = first.period === period;
    const exact = first.valueMax === null && ["=", "~"].includes(field("bound", first.id));
    return {
      ...first,
      alike,
      narrower: narrower(first.wording),
      part: null,
      current,
      comparable: alike && current && period !== null && exact,
      subject: pool[row.wordings[first.wording]],
      others: others.map((each) => each.id),
      more: first.count - 1 + others.reduce((sum, each) => sum + each.count, 0),
      rank: null,
      share: null,
    };
  });
  const alike = new Map();
  for (const cell of cells.filter((each) => each.comparable)) {
    const key = `${cell.status} ${field("area_level", cell.id) ?? "province"}`;
    alike.set(key, [...(alike.get(key) ?? []), cell]);
  }
  for (const held of alike.values()) {
    if (held.length < 2) continue;
    const total = held.reduce((sum, cell) => sum + Number(cell.value), 0);
    for (const cell of held) {
      const ahead = (other) => (row.role === "rank" ? Number(other.value) < Number(cell.value) : Number(other.value) > Number(cell.value));
      cell.rank = 1 + held.filter(ahead).length;
      if (row.sums && total > 0) cell.share = ((100 * Number(cell.value)) / total).toFixed(1);
    }
  }
  return cells.sort((a, b) => a.column - b.column);
}

/** What is compared under the filters: the period, how many places report it, rows with cells. */
function compared() {
  const matrix = theMatrix();
  const rows = matrix.rows.map((row, at) => ({ ...row, at })).filter((row) => meets(row, "pillar") && meets(row, "metric"));
  const places = new Set(rows.flatMap((row) => [...kept(row).keys()]));
  const reported = reportedOf(rows);
  const strict = view.period !== "latest";
  const period = strict ? view.period : usualPeriod(reported, places.size);
  const found = rows
    .map((row) => ({ ...row, period: strict ? period : rowPeriod(row, period) }))
    .map((row) => ({ ...row, cells: cellsOf(row, row.period, strict) }))
    .filter((row) => row.cells.length || !row.entries.length);
  return { matrix, ...besides(found, matrix.rows), period, reported, places: places.size, usual: strict ? usualPeriod(reported, places.size) : period };
}

function meets(row, key) {
  return !view[key] || (row[key] ?? NO_VALUE) === view[key];
}

/** What is compared, in words: 2023 · achieved · provinces · 9 of 14 places report it. */
function headingText({ period, reported, places }) {
  const status = view.status === "both" ? `${label("status", "achieved")} + ${t("targets")}` : label("status", view.status);
  return t("heading", periodText(period), status, label("area_level", view.level), reported.get(period)?.size ?? 0, places);
}

/** The years of a row's places that are achieved in one wording, with the targets apart. */
function trendsOf(row) {
  const lines = [];
  for (const [column, entries] of kept(row, "both")) {
    const years = entries.filter((each) => each.period !== null && YEAR.test(each.period));
    const achieved = years.filter((each) => each.status === "achieved");
    const counts = new Map();
    for (const each of achieved) counts.set(each.wording, (counts.get(each.wording) ?? 0) + 1);
    const [wording, count] = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0] ?? [null, 0];
    if (count < 2) continue;
    const byYear = (a, b) => (a.period < b.period ? -1 : 1);
    lines.push({
      column,
      points: achieved.filter((each) => each.wording === wording).sort(byYear),
      targets: years.filter((each) => each.wording === wording && each.status === "target").sort(byYear),
    });
  }
  return lines;
}

/** Each target of a row's places with the latest figure reached in the same wording. */
function progressOf(row) {
  const out = [];
  for (const [column, entries] of kept(row, "both"))
    for (const target of entries.filter((each) => each.status === "target" && each.period !== null)) {
      const [first, last] = spanOf(target.period);
      const reached = entries
        .filter((each) => each.status === "achieved" && each.wording === target.wording && each.period !== null)
        .filter((each) => spanOf(each.period)[1] <= last && (!row.flows || spanOf(each.period)[0] === first))
        .sort((a, b) => (spanOf(a.period)[1] < spanOf(b.period)[1] ? 1 : -1))[0] ?? null;
      out.push({ column, target, reached });
    }
  return out;
}

/** The figures of which something cannot be right: a record's number, and what is wrong. */
const doubts = new Map();
for (const finding of data.findings) for (const id of finding.figures) doubts.set(id, [...(doubts.get(id) ?? []), finding]);

function doubted(id, rivals = []) {
  const found = [id, ...rivals].flatMap((each) => doubts.get(each) ?? []);
  if (!found.length) return rivals.length ? h("span.differs", "≠") : null;
  return h("span.differs", { title: [...new Set(found.map((each) => each.text[language]))].join("\n") }, "≠");
}
