// The comparison: a row for each measured thing, a column for each province.

const matrixView = {
  level: 0,
  filters: { pillar: "", metric: "" },
  query: "",
  atLeast: 2,
  order: "shared",

  build(root) {
    this.body = h("tbody");
    this.head = h("tr");
    this.table = h("table.matrix", h("thead", this.head), this.body);
    this.scroller = h("div.scroller", { tabindex: "0", role: "region", "aria-label": t("compare") }, this.table);
    this.status = h("p.status", { role: "status" });
    this.bar = h("form.filters", { submit: (event) => event.preventDefault() });
    this.empty = h("p.empty", { hidden: true });
    root.replaceChildren(
      h("h2.quiet", t("compare")),
      this.bar,
      this.scroller,
      this.empty,
      h("p.foot", h("span", t("legend")), h("span", t("rule"))),
    );
    this.rows = new Rows(this.scroller, this.body, (index) => this.row(this.found[index], index));
    this.fillBar();
    this.apply();
  },

  show() {
    this.rows.refresh();
  },

  get matrix() {
    return data.matrices[this.level];
  },

  /** The headings of the columns in which the rows found have any figure. */
  drawHead() {
    this.places = [...new Set(this.found.flatMap((row) => row.cells.map((cell) => cell[0])))].sort((a, b) => a - b);
    this.table.style.setProperty("--columns", this.places.length);
    this.head.replaceChildren(
      h("th.c-thing", { scope: "col" }, t("thing")),
      h("th.c-unit", { scope: "col" }, label("field", "unit")),
      ...this.places.map((place) => this.matrix.columns[place]).map((name) => h("th.c-cell", { scope: "col", title: placeName(name, false) }, placeName(name))),
    );
  },

  fillBar() {
    const rows = this.matrix?.rows ?? [];
    const most = rows.reduce((most, row) => Math.max(most, row.cells.length), 1);
    this.atLeast = Math.min(this.atLeast, most);
    const change = (key) => (value) => {
      this.filters[key] = value;
      this.apply();
    };
    const levels = data.matrices.map((each, place) => [String(place), label("area_level", each.level)]);
    const metrics = Object.keys(data.labels.zh.metric).filter((metric) => rows.some((row) => (row.metric ?? "") === metric));
    const counts = Array.from({ length: most }, (_, n) => [String(n + 1), t("at_least_n", n + 1)]);
    const selects = [
      levels.length > 1 && choice(t("level"), levels, String(this.level), (value) => {
        this.level = Number(value);
        this.fillBar();
        this.apply();
      }, null),
      choice(label("field", "pillar"), [...data.pillars, NO_VALUE].map((each) => [each, label("pillar", each === NO_VALUE ? null : each)]), this.filters.pillar, change("pillar")),
      choice(label("field", "metric"), metrics.map((each) => [each || NO_VALUE, label("metric", each)]), this.filters.metric, change("metric")),
      most > 1 && choice(t("at_least"), counts, String(this.atLeast), (value) => {
        this.atLeast = Number(value);
        this.apply();
      }, null),
    ];
    selects.push(
      choice(t("order"), ["shared", "catalogue"].map((each) => [each, t(`order_${each}`)]), this.order, (value) => {
        this.order = value;
        this.apply();
      }, null),
    );
    const search = searchField(t("search_things"), this.query, (value) => {
      this.query = value;
      this.apply();
    });
    this.bar.replaceChildren(search, ...selects.filter(Boolean), this.status);
  },

  apply() {
    const rows = this.matrix?.rows ?? [];
    const words = this.query.toLowerCase().split(/\s+/).filter(Boolean);
    const meets = (row, key) => !this.filters[key] || (row[key] ?? NO_VALUE) === this.filters[key];
    this.found = rows.filter(
      (row) =>
        row.cells.length >= this.atLeast &&
        meets(row, "pillar") &&
        meets(row, "metric") &&
        words.every((word) => `${row.subject} ${label("metric", row.metric)}`.toLowerCase().includes(word)),
    );
    // What belongs to no pillar is beside the subject, however many report it.
    if (this.order === "shared") this.found.sort((a, b) => (a.pillar === null) - (b.pillar === null) || b.cells.length - a.cells.length);
    this.drawHead();
    this.status.textContent = t("count", this.found.length.toLocaleString("en"), rows.length.toLocaleString("en"));
    this.table.setAttribute("aria-rowcount", this.found.length + 1);
    this.scroller.hidden = !this.found.length;
    this.empty.hidden = this.found.length > 0;
    this.empty.textContent = t(size ? "nothing" : "no_figures");
    this.rows.show(this.found.length);
  },

  row(row, index) {
    const scale = rowScale(row);
    const most = Math.max(...row.cells.map((cell) => Math.abs(Number(cell[2]))));
    const byPlace = new Map(row.cells.map((cell) => [cell[0], cell]));
    const cells = this.places.map((place) => {
      const cell = byPlace.get(place);
      return cell ? h("td.c-cell", cellLink(row, cell, scale, most)) : h("td.c-cell.gap", "·");
    });
    return h(
      "tr",
      { "aria-rowindex": String(index + 2) },
      h(
        "th.c-thing",
        { scope: "row" },
        dot(row.pillar),
        h("a", { href: `#charts/${encodeURIComponent(pool[row.key])}`, title: row.subject }, thingText(row)),
        h("small", label("metric", row.metric)),
      ),
      h("td.c-unit", rowUnit(row, scale)),
      cells,
    );
  },

  print(on) {
    this.rows.print(on);
  },
};

/** A cell's figure: number, marks, period, a bar, all one link to its sentence. */
function cellLink(row, cell, scale, most) {
  const [, id, value, valueMax, rank, share, contradicted, ...others] = cell;
  const notes = [share && `${share}%`, others.length && `+${others.length}`].filter(Boolean);
  const link = figureLink(
    id,
    h("small.rank", rank ? `#${rank}` : ""),
    h("span.number", contradicted ? h("span.differs", "≠") : null, numberText(id, value, valueMax, scale), targetMark(id)),
    h("small.extra", notes.join(" ")),
    h("small.period", field("period", id) ?? NONE),
    h("span.bar", { "--part": String(most ? Math.abs(Number(value)) / most : 0), "aria-hidden": "true" }),
  );
  link.dataset.pillar = row.pillar ?? "none";
  if (field("status", id) === "target") link.classList.add("planned");
  return link;
}
