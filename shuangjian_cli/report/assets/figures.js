// The table of all figures: filters, sorting, rows in sight only.

const FILTERS = ["province", "pillar", "metric", "status", "confidence", "area_level"];
const NO_VALUE = "-";

const figuresView = {
  filters: {},
  query: "",
  sort: { key: "", down: false },

  build(root) {
    this.body = h("tbody");
    this.heads = [
      ["province", "province"],
      ["subject", "subject"],
      ["value", "value"],
      ["unit", "unit"],
      ["period", "period"],
      ["status", "status"],
      ["confidence", "confidence"],
      ["document", "sentence"],
    ].map(([key, name]) =>
      h(
        `th.c-${key}`,
        { scope: "col", "aria-sort": "none" },
        h("button", { type: "button", click: () => this.sortBy(key) }, label("field", name), h("span.arrow", { "aria-hidden": "true" })),
      ),
    );
    this.table = h("table.figures", h("thead", h("tr", this.heads)), this.body);
    this.scroller = h("div.scroller", { tabindex: "0", role: "region", "aria-label": t("figures") }, this.table);
    this.status = h("p.status", { role: "status" });
    this.bar = h("form.filters", { submit: (event) => event.preventDefault() });
    this.empty = h("p.empty", { hidden: true }, t(size ? "nothing" : "no_figures"));
    root.replaceChildren(h("h2.quiet", t("figures")), this.bar, this.scroller, this.empty);
    this.rows = new Rows(this.scroller, this.body, (index) => this.row(this.found[index], index));
    this.fillBar();
    this.apply();
  },

  /** Show with the filters that an address names, where it names any. */
  show(parameters) {
    if (!parameters.size) return this.rows.refresh();
    this.filters = Object.fromEntries([...parameters].filter(([key]) => FILTERS.includes(key)));
    this.query = parameters.get("q") ?? "";
    this.fillBar();
    this.apply();
  },

  fillBar() {
    const set = (key) => (value) => {
      if (value) this.filters[key] = value;
      else delete this.filters[key];
      this.apply();
    };
    const present = (key) => new Set(columns[key].map((place) => (place < 0 ? NO_VALUE : pool[place])));
    const choices = FILTERS.map((key) => {
      const found = present(key);
      const order = { province: data.places, pillar: data.pillars, metric: Object.keys(data.labels.zh.metric), confidence: ["confirmed", "certain", "likely", "check"] }[key];
      const values = order ? order.filter((value) => found.has(value)) : [...found].filter((value) => value !== NO_VALUE).sort();
      if (found.has(NO_VALUE)) values.push(NO_VALUE);
      if (values.length < 2 && !this.filters[key]) return null;
      const text = (value) => {
        const known = value === NO_VALUE ? null : value;
        if (key === "province") return placeName(known);
        return label(key, known) || NONE;
      };
      return choice(label("field", key), values.map((value) => [value, text(value)]), this.filters[key] ?? "", set(key));
    });
    const search = searchField(t("search_figures"), this.query, (value) => {
      this.query = value;
      this.apply();
    });
    const clear = h("button.plain", { type: "button", click: () => {
      this.filters = {};
      this.query = "";
      this.fillBar();
      this.apply();
    } }, t("clear"));
    this.bar.replaceChildren(search, ...choices.filter(Boolean), clear, this.status);
  },

  apply() {
    const wanted = Object.entries(this.filters).map(([key, value]) => [columns[key], value === NO_VALUE ? -1 : pool.indexOf(value)]);
    const words = this.query.toLowerCase().split(/\s+/).filter(Boolean);
    const found = [];
    for (let id = 0; id < size; id++) {
      if (wanted.every(([column, place]) => column[id] === place) && (!words.length || this.mentions(id, words))) found.push(id);
    }
    this.found = found;
    this.order();
    this.status.textContent = t("count", found.length.toLocaleString("en"), size.toLocaleString("en"));
    this.table.setAttribute("aria-rowcount", found.length + 1);
    this.scroller.hidden = !found.length;
    this.empty.hidden = found.length > 0;
    this.rows.show(found.length);
  },

  mentions(id, words) {
    const text = `${field("subject", id)} ${sentenceOf(id)} ${documentName(data.documents[columns.document[id]])}`.toLowerCase();
    return words.every((word) => text.includes(word));
  },

  sortBy(key) {
    this.sort = { key, down: this.sort.key === key ? !this.sort.down : key === "value" };
    this.order();
    this.rows.show(this.found.length);
  },

  order() {
    const { key, down } = this.sort;
    this.heads.forEach((head) => {
      const mine = key && head.classList.contains(`c-${key}`);
      head.setAttribute("aria-sort", mine ? (down ? "descending" : "ascending") : "none");
    });
    if (!key) return;
    const places = new Map(data.places.map((name, place) => [name, place]));
    const sure = { certain: 0, likely: 1, check: 2 };
    const of = {
      value: (id) => Number(columns.value[id]),
      document: (id) => columns.document[id],
      province: (id) => places.get(field("province", id) ?? "") ?? 99,
      confidence: (id) => sure[field("confidence", id)],
    }[key];
    // Each value is computed once: sorting asks for it many times.
    const values = new Map(this.found.map((id) => [id, of ? of(id) : (field(key, id) ?? "")]));
    const compared = of ? (a, b) => values.get(a) - values.get(b) : (a, b) => collator.compare(values.get(a), values.get(b));
    this.found.sort((a, b) => (down ? compared(b, a) : compared(a, b)) || a - b);
  },

  row(id, index) {
    const [number, unit] = ownText(id);
    const area = field("area", id);
    const province = field("province", id);
    const source = data.documents[columns.document[id]];
    const sure = field("confidence", id);
    return h(
      "tr",
      { "aria-rowindex": String(index + 2) },
      h("td.c-province", placeName(province), area && area !== province ? h("small", area) : null),
      h("td.c-subject", dot(field("pillar", id)), figureLink(id, field("subject", id)), h("small", label("metric", field("metric", id)))),
      h("td.c-value", figureLink(id, number), " ", targetMark(id), doubted(id)),
      h("td.c-unit", unit),
      h("td.c-period", field("period", id) ?? NONE),
      h("td.c-status", label("status", field("status", id))),
      h("td.c-confidence", h(`span.sure.${sure}`, label("confidence", sure))),
      h("td.c-document", excerpt(id), h("small", { title: source.file }, `${documentName(source)} · ${t("line", columns.line[id])}`)),
    );
  },

  print(on) {
    this.rows.print(on);
  },
};

/** The words about a figure, as many as a row may show of its sentence. */
function excerpt(id) {
  const text = paragraphOf(id);
  const [start, end] = [columns.start[id], columns.end[id]];
  const from = Math.max(columns.sentence_start[id], start - 16);
  const before = (from > columns.sentence_start[id] ? "…" : "") + text.slice(from, start).trimStart();
  return h("span.excerpt", before, h("b", text.slice(start, end)), text.slice(end, Math.min(columns.sentence_end[id], end + 60)));
}
