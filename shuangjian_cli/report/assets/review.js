// What the reader decides of figures: kept in the page until saved as a file of corrections, which
// `shuangjian review --apply` takes over.

const decisions = [];
let decider = "";

const EDITABLE = ["subject", "value", "value_max", "unit", "bound", "metric", "pillar", "stage", "measure", "period", "status", "area"];

/** What is decided of a figure, the last first; those of a missed one are under its words. */
function decisionsOf(id) {
  return decisions.filter((each) => each.id === id).reverse();
}

/** How many characters, as Python counts them. */
const characters = (text) => [...text].length;

/** A line of the file, for words at [start, end) of a paragraph. */
function correctionOf(number, place, start, end, action, more) {
  const source = data.documents[number];
  const text = source.texts[place];
  const from = source.starts[place] + characters(text.slice(0, start));
  const figure = text.slice(start, end);
  return {
    document: source.hash,
    file: source.file,
    start: from,
    end: from + characters(figure),
    figure,
    before: [...text.slice(0, start)].slice(-24).join(""),
    after: [...text.slice(end)].slice(0, 24).join(""),
    action,
    ...more,
    who: decider,
    when: `${new Date().toISOString().slice(0, 19)}Z`,
  };
}

/** The value of a field as the file has it. */
function written(name, id) {
  if (name === "value" || name === "value_max") return columns[name][id];
  if (name === "groups") return columns.groups[id].map((place) => pool[place]);
  if (name === "per_year" || name === "implied") return Boolean(columns[name][id]);
  return field(name, id);
}

function decide(id, action, more = {}) {
  const [number, place] = [columns.document[id], columns.paragraph[id]];
  const line = correctionOf(number, place, columns.start[id], columns.end[id], action, { confidence: field("confidence", id), ...more });
  decisions.push({ id, line });
  decided(id);
}

function accept(id) {
  const names = [...EDITABLE, "role", "trend", "groups", "province", "area_level", "per_year", "implied"];
  const fields = Object.fromEntries(names.map((name) => [name, written(name, id)]));
  for (const { line } of decisions) {
    if (line.action === "edit" && decisionsOf(id).some((each) => each.line === line)) fields[line.field] = line.new;
  }
  decide(id, "accept", { new: fields });
}

/** Show what was decided, in the text and beside it. */
function decided(id) {
  markDecided();
  sourcesView.drawRecord();
  window.onbeforeunload = decisions.length ? (event) => event.preventDefault() : null;
  return id;
}

/** Marks in the text what was decided of its figures. */
function markDecided() {
  for (const mark of sourcesView.article.querySelectorAll(".mark")) {
    const ids = mark.dataset.ids.split(" ").map(Number);
    const last = ids.map((id) => decisionsOf(id)[0]).find(Boolean);
    mark.classList.toggle("reviewed", Boolean(last) && last.line.action !== "delete");
    mark.classList.toggle("struck", last?.line.action === "delete");
  }
}

function saveDecisions() {
  const lines = decisions.map(({ line }) => `${JSON.stringify(line)}\n`);
  save("corrections.jsonl", new Blob(lines, { type: "application/jsonl" }));
  window.onbeforeunload = null;
}

/** The selected words of a paragraph of the text: [place, start, end], or null. */
function selectedWords() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const holder = range.commonAncestorContainer;
  const paragraph = (holder.nodeType === Node.ELEMENT_NODE ? holder : holder.parentElement).closest("article p[data-place]");
  if (!paragraph) return null;
  const before = document.createRange();
  before.setStart(paragraph, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const start = before.toString().length;
  return [Number(paragraph.dataset.place), start, start + range.toString().length];
}

/** The part of the record's panel in which a figure is decided of; null where the text is not at hand. */
function reviewPanel(id) {
  const source = data.documents[columns.document[id]];
  if (!source.hash) return null;
  const input = (name, hint, value = "") => h("input", { type: "text", name, "aria-label": hint, placeholder: hint, value });
  const who = input("who", t("review_who"), decider);
  who.addEventListener("input", () => (decider = who.value.trim()));
  const named = h("select", { name: "field", "aria-label": t("review_field") }, EDITABLE.map((name) => option(name, label("field", name))));
  const value = input("new", t("review_new"), written("subject", id) ?? "");
  named.addEventListener("change", () => (value.value = written(named.value, id) ?? ""));
  const button = (name, click) => h("button.plain", { type: "button", "data-does": name, click }, t(`review_${name}`));
  const said = ({ line }) => [t(`review_did_${line.action}`), line.field ? label("field", line.field) : line.figure, line.action === "edit" ? line.new ?? NONE : null].filter(Boolean).join(" ");
  return h(
    "section.review",
    h("h4", t("review")),
    h("p", who),
    h("p", button("accept", () => accept(id)), button("delete", () => decide(id, "delete"))),
    h("p", named, value, button("edit", () => decide(id, "edit", { field: named.value, old: written(named.value, id), new: value.value.trim() || null }))),
    h("p", h("small", t("review_select")), button("add", () => addSelected(id))),
    decisions.length ? h("ul", decisions.map((each) => h("li", said(each), " ", button("undo", () => (decisions.splice(decisions.indexOf(each), 1), decided(id)))))) : null,
    decisions.length ? h("p", button("save", saveDecisions), h("small", t("review_apply"))) : null,
  );
}

/** Adds the selected words as a figure, with what the reader says of them and the place and time of another. */
function addSelected(id) {
  const chosen = selectedWords();
  const number = columns.document[id];
  if (!chosen) return alert(t("review_nothing_selected"));
  const [place, start, end] = chosen;
  const words = data.documents[number].texts[place].slice(start, end);
  const value = prompt(t("review_ask_value", words), /\d+(\.\d+)?/.exec(words)?.[0] ?? "");
  if (value === null || !/^-?\d+(\.\d+)?$/.test(value.trim())) return null;
  const unit = prompt(t("review_ask_unit", words), "");
  const subject = prompt(t("review_ask_subject", words), "");
  if (!subject) return null;
  const shared = ["province", "area", "area_level", "period", "status", "pillar"].map((name) => [name, written(name, id)]);
  const fields = { value: value.trim(), unit: unit || null, subject, ...Object.fromEntries(shared) };
  decisions.push({ id: null, line: correctionOf(number, place, start, end, "add", { new: fields }) });
  return decided(id);
}
