// The payload, its labels, and how numbers read. See payload.py for the shapes.

const data = JSON.parse(document.getElementById("data").textContent);
const pool = data.strings;
const columns = data.indicators;
const size = columns.document.length;
const NONE = "–";

let language = data.language;

/** A field of a record, or null. */
function field(name, id) {
  const place = columns[name][id];
  return place < 0 ? null : pool[place];
}

/** A sentence of the interface with its blanks filled. */
function t(key, ...values) {
  return data.labels[language].report[key].replace(/\{(\d)\}/g, (_, n) => values[n]);
}

/** The label of a field's name or value; null and unknown keys stand for themselves. */
function label(kind, key) {
  return data.labels[language][kind][key ?? ""] ?? key ?? "";
}

const provinces = new Map(data.provinces.map((each) => [each.name, each]));

/** A column of a matrix: a province, or a place with its province (湖南省 长沙市). */
function placeName(name, short = true) {
  if (!name) return t("nowhere");
  if (name === "全国") return language === "en" ? "National" : name;
  const [province, ...rest] = name.split(" ");
  const known = provinces.get(province);
  const shown = !known ? province : language === "en" ? known.en : short ? known.short : known.name;
  return [shown, ...rest].join(" ");
}

function documentName(document) {
  return document.title || document.file;
}

/** The text of the paragraph that a record stands in. */
function paragraphOf(id) {
  return data.documents[columns.document[id]].texts[columns.paragraph[id]];
}

/** A record's sentence, no more of it than people read at a glance: it may be a whole file. */
function sentenceOf(id) {
  const start = Math.max(columns.sentence_start[id], columns.start[id] - 200);
  return paragraphOf(id).slice(start, Math.min(columns.sentence_end[id], columns.end[id] + 200));
}

/** `{field: {rule, words}}` of a record. */
function rulesOf(id) {
  const flat = columns.rules[id];
  const found = new Map();
  for (let at = 0; at < flat.length; at += 3) {
    const words = flat[at + 2];
    found.set(data.decided[flat[at]], { rule: pool[flat[at + 1]], words: words < 0 ? null : pool[words] });
  }
  return found;
}

// --- numbers: literals in, never through floating point ------------------------------------------

const BOUNDS = { "=": "", ">=": "≥", "<=": "≤", "~": "≈" };
const SCALES = {
  zh: [[1e8, 8, "亿"], [1e5, 4, "万"]],
  en: [[1e9, 9, "bn"], [1e6, 6, "M"]],
};

/** The magnitude for values of one row: that of their median. */
function scaleOf(values) {
  const ordered = values.map((value) => Math.abs(Number(value))).sort((a, b) => a - b);
  const median = ordered[Math.floor(ordered.length / 2)] ?? 0;
  const found = SCALES[language].find(([least]) => median >= least);
  return found ? { digits: found[1], word: found[2] } : { digits: 0, word: "" };
}

/** A decimal literal divided by a power of ten, its thousands grouped. */
function shown(literal, digits = 0) {
  const negative = literal.startsWith("-");
  let [whole, fraction = ""] = literal.replace("-", "").split(".");
  whole = whole.padStart(digits + 1, "0");
  fraction = (whole.slice(whole.length - digits || whole.length) + fraction).replace(/0+$/, "");
  whole = whole.slice(0, whole.length - digits).replace(/\B(?=(\d{3})+$)/g, ",");
  return (negative ? "−" : "") + whole + (fraction && "." + fraction);
}

function unitText(unit, scale) {
  const name = unit === null ? "" : label("unit", unit);
  return scale.word + (language === "en" && scale.word && name ? " " : "") + name;
}

/** A record's number with sign and bound, in a scale: ≥96.2, +3.4, 2–3. */
function numberText(id, value, valueMax, scale) {
  const sign = field("trend", id) === "up" && !value.startsWith("-") ? "+" : "";
  const bound = field("bound", id);
  const upper = valueMax === null ? "" : "–" + shown(valueMax, scale.digits);
  return (BOUNDS[bound] ?? bound) + sign + shown(value, scale.digits) + upper;
}

/** A record's number and unit, in a scale of its own. */
function ownText(id) {
  const literal = columns.value[id];
  const scale = scaleOf([literal]);
  const value = field("trend", id) === "down" ? "-" + literal : literal;
  return [numberText(id, value, columns.value_max[id], scale), unitText(field("unit", id), scale)];
}

/** What a row of a matrix measures. */
function thingText(row) {
  return row.names[language];
}

function rowScale(row) {
  return scaleOf(row.cells.map((cell) => cell.value));
}

function rowUnit(row, scale) {
  const unit = row.unit < 0 ? null : pool[row.unit];
  return unitText(row.role === "rank" ? "位" : unit, scale);
}
