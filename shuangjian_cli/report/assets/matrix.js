// The comparison: a row for each measure, a column for each place; or targets with what was reached.

/** The selects by which comparison and charts are filtered; `changed` draws anew. */
function viewFilters(page, found, changed) {
  const set = (key) => (value) => {
    setView(page, { [key]: value });
    changed();
  };
  const levels = data.matrices.filter((each) => page === "compare" || each.level !== "all").map((each) => [each.level, label("area_level", each.level)]);
  const most = (a, b) => b[1].size - a[1].size || (a[0] < b[0] ? 1 : -1);
  const periods = [...found.reported].sort(most).map(([period, places]) => [period, t("period_n", periodText(period), places.size)]);
  if (view.period !== "latest" && !found.reported.has(view.period)) periods.unshift([view.period, t("period_n", periodText(view.period), 0)]);
  return [
    levels.length > 1 && choice(t("level"), levels, view.level, set("level"), null),
    choice(label("field", "period"), [["latest", t("period_latest", periodText(found.usual))], ...periods], view.period, set("period"), null),
    choice(label("field", "status"), ["achieved", "target", "both"].map((each) => [each, each === "both" ? t("both") : label("status", each)]), view.status, set("status"), null),
    choice(label("field", "confidence"), [...SURE].reverse().map((each) => [each, each === "check" ? t("all") : `≥ ${label("confidence", each)}`]), view.confidence, set("confidence"), null),
  ].filter(Boolean);
}

const matrixView = {
  build(root) {
    this.body = h("tbody");
    this.head = h("tr");
    this.table = h("table.matrix", h("thead", this.head), this.body);
    this.scroller = h("div.scroller", { tabindex: "0", role: "region", "aria-label": t("compare") }, this.table);
    this.status = h("p.status", { role: "status" });
    this.heading = h("h2.heading");
    this.bar = h("form.filters", { submit: (event) => event.preventDefault() });
    this.empty = h("p.empty", { hidden: true });
    root.replaceChildren(
      this.bar,
      this.heading,
      this.scroller,
      this.empty,
      h("p.foot", h("span", t("legend")), h("span", t("rule"))),
    );
    this.rows = new Rows(this.scroller, this.body, (index) => (view.shows === "progress" ? this.target(this.found[index], index) : this.row(this.found[index], index)));
  },

  /** Show with the filters that an address names, or those of before. */
  show(parameters) {
    if (parameters.size || !this.drawn) readView(parameters);
    else history.replaceState(null, "", viewAddress("compare"));
    this.drawn = true;
    this.apply();
  },

  apply() {
    this.all = compared();
    this.fillBar();
    this.draw();
  },

  fillBar() {
    const { matrix, rows } = this.all;
    const most = rows.reduce((most, row) => Math.max(most, columnsOf(row).length), 1);
    const again = (key, whole = true) => (value) => {
      setView("compare", { [key]: value });
      if (whole) this.apply();
      else this.draw();
    };
    const metrics = Object.keys(data.labels.zh.metric).filter((metric) => matrix.rows.some((row) => (row.metric ?? "") === metric));
    const counts = Array.from({ length: Math.max(most, Number(view.least)) }, (_, n) => [String(n + 1), t("at_least_n", n + 1)]);
    this.bar.replaceChildren(
      searchField(t("search_things"), view.q, again("q", false)),
      choice(t("shows"), ["matrix", "progress"].map((each) => [each, t(`shows_${each}`)]), view.shows, again("shows"), null),
      ...viewFilters("compare", this.all, () => this.apply()),
      choice(label("field", "pillar"), [...data.pillars, NO_VALUE].map((each) => [each, label("pillar", each === NO_VALUE ? null : each)]), view.pillar, again("pillar")),
      choice(label("field", "metric"), metrics.map((each) => [each || NO_VALUE, label("metric", each)]), view.metric, again("metric")),
      choice(t("at_least"), counts, view.least, again("least", false), null),
      choice(t("order"), ["shared", "catalogue"].map((each) => [each, t(`order_${each}`)]), view.order, again("order", false), null),
      this.status,
    );
  },

  draw() {
    const words = view.q.toLowerCase().split(/\s+/).filter(Boolean);
    const said = (row) => [row.names.zh, row.names.en, label("metric", row.metric), ...row.wordings.map((each) => pool[each])].join(" ").toLowerCase();
    const rows = this.all.rows.filter((row) => words.every((word) => said(row).includes(word)));
    const progress = view.shows === "progress";
    if (progress) {
      const whole = this.all.matrix.rows.filter((row) => meets(row, "pillar") && meets(row, "metric") && words.every((word) => said(row).includes(word)));
      this.found = whole.flatMap((row) => progressOf(row).map((each) => ({ row, ...each })));
    } else {
      // With one place there is nothing to share: then everything is shown.
      const least = this.all.places > 1 ? Number(view.least) : 1;
      this.found = rows.filter((row) => columnsOf(row).length >= least);
      // What belongs to no pillar is beside the subject, however many report it.
      const held = (row) => row.cells.filter(together).length;
      if (view.order === "shared") this.found.sort((a, b) => (a.pillar === null) - (b.pillar === null) || held(b) - held(a) || b.cells.length - a.cells.length);
    }
    this.heading.textContent = progress ? `${t("shows_progress")} · ${label("area_level", view.level)}` : headingText(this.all);
    this.drawHead(progress);
    this.status.textContent = t("count", this.found.length.toLocaleString("en"), (progress ? this.found.length : this.all.rows.length).toLocaleString("en"));
    this.table.setAttribute("aria-rowcount", this.found.length + 1);
    this.scroller.hidden = !this.found.length;
    this.empty.hidden = this.found.length > 0;
    this.empty.textContent = t(!size ? "no_figures" : progress ? "no_progress" : "nothing");
    this.rows.show(this.found.length);
  },

  /** The headings of the columns in which the rows found have any figure. */
  drawHead(progress) {
    const heads = progress
      ? ["place", "target", "reached_column", "gap"].map((each) => h("th.c-cell", { scope: "col" }, t(each)))
      : this.columns().map((name) => h("th.c-cell", { scope: "col", title: placeName(name, false) }, placeName(name)));
    this.table.style.setProperty("--columns", heads.length);
    this.head.replaceChildren(h("th.c-thing", { scope: "col" }, t("thing")), h("th.c-unit", { scope: "col" }, label("field", "unit")), ...heads);
  },

  columns() {
    this.places = [...new Set(this.found.flatMap(columnsOf))].sort((a, b) => a - b);
    return this.places.map((place) => this.all.matrix.columns[place]);
  },

  row(row, index) {
    const scale = rowScale(row);
    const most = Math.max(0, ...row.cells.filter((cell) => cell.rank).map((cell) => Math.abs(Number(cell.value))));
    const byPlace = new Map(row.cells.map((cell) => [cell.column, cell]));
    const cells = this.places.map((place) => {
      const cell = byPlace.get(place);
      const beside = row.beside.get(place);
      if (!cell && !beside) return h("td.c-cell.gap", "·");
      return h(beside ? "td.c-cell.shared" : "td.c-cell", cell ? cellLink(row, cell, scale, most) : null, beside ? besideLinks(row, beside) : null);
    });
    return h("tr", { "aria-rowindex": String(index + 2) }, thingHead(row, this.all.period), h("td.c-unit", rowUnit(row, scale)), cells);
  },

  target({ row, column, target, reached }, index) {
    const scale = scaleOf([target, reached].filter(Boolean).map((each) => each.value));
    const link = (each) => (each ? figureLink(each.id, h("small.rank"), h("span.number", numberText(each.id, each.value, each.valueMax, scale)), h("small.extra"), h("small.period", periodText(each.period))) : "·");
    let gap = NONE;
    if (reached) {
      const missing = Number(target.value) - Number(reached.value);
      const amount = shown(String(Number(Math.abs(missing).toFixed(6))), scale.digits);
      gap = missing > 0 ? t("missing", amount) : missing < 0 ? t("exceeded", amount) : t("met");
    }
    return h(
      "tr",
      { "aria-rowindex": String(index + 2) },
      thingHead(row),
      h("td.c-unit", rowUnit(row, scale)),
      h("td.c-cell.words", placeName(this.all.matrix.columns[column])),
      h("td.c-cell", link(target)),
      h("td.c-cell", link(reached)),
      h("td.c-cell.words", gap),
    );
  },

  print(on) {
    this.rows.print(on);
  },
};

/** What a row measures, with its period where that is not `period`, and whether it is of unlike things. */
function thingHead(row, period = row.period) {
  const marks = [row.mixed ? "⋯" : "", row.period !== period ? `[${periodText(row.period)}]` : ""].filter(Boolean).join(" ");
  return h(
    "th.c-thing",
    { scope: "row" },
    dot(row.pillar),
    h("a", { href: chartAddress(row), title: thingText(row) }, thingText(row), marks ? h("span.aside", ` ${marks}`) : null),
    h("small", label("metric", row.metric)),
  );
}

/** Movements, ranks and parts that stand in a cell, each a link to its sentence. */
function besideLinks(row, beside) {
  return h(
    "div.alongside",
    beside.map((each) => {
      const link = h("a.also", { href: `#sources/${each.cell.id}` }, besideText(each, row));
      link.title = `${each.cell.subject}\n${sentenceOf(each.cell.id).trim()}`;
      return link;
    }),
  );
}

/** The address of the chart of a row, under the filters of now. */
function chartAddress(row) {
  return viewAddress(`charts/${encodeURIComponent(pool[row.key])}`);
}

/** A cell's figure: number, marks, period, a bar, all one link to its sentence. */
function cellLink(row, cell, scale, most) {
  const notes = [cell.share && `${cell.share}%`, cell.more && `+${cell.more}`].filter(Boolean);
  const link = figureLink(
    cell.id,
    h("small.rank", cell.rank ? `#${cell.rank}` : ""),
    h("span.number", doubted(cell.id, cell.rivals), cell.part ? h("span.aside", `${partText(cell.part, row)} `) : null, numberText(cell.id, cell.value, cell.valueMax, scale), targetMark(cell.id)),
    h("small.extra", notes.join(" ")),
    h("small.period", cell.alike || cell.part ? null : h("span.aside", { title: t("other_words", cell.subject) }, cell.narrower ? "⊂ " : "∗ "), cell.current ? null : h("span.aside", "◷ "), periodText(field("period", cell.id))),
    most && cell.rank ? h("span.bar", { "--part": String(Math.abs(Number(cell.value)) / most), "aria-hidden": "true" }) : null,
  );
  link.title = `${cell.subject}\n${link.title}`;
  link.dataset.pillar = row.pillar ?? "none";
  if (cell.status === "target") link.classList.add("planned");
  if (!cell.current || !cell.alike) link.classList.add("apart");
  return link;
}
