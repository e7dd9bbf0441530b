// The texts with their figures marked by pillar, and the record of the chosen one.

const sourcesView = {
  document: 0,
  figure: null,
  query: "",

  build(root) {
    this.list = h("ul");
    this.scroller = h("div.scroller.list", { tabindex: "0", role: "region", "aria-label": t("documents") }, this.list);
    this.article = h("article", { tabindex: "0", role: "region", "aria-label": t("sources") });
    this.record = h("aside.record", { "aria-live": "polite", "aria-label": t("record") });
    const search = searchField(t("search_documents"), this.query, (value) => {
      this.query = value;
      this.filter();
    });
    root.replaceChildren(
      h("h2.quiet", t("sources")),
      h("div.split.three", h("div.side", search, this.scroller), this.article, this.record),
    );
    this.rows = new Rows(this.scroller, this.list, (index) => this.item(this.found[index]));
    this.counts ??= columns.document.reduce((counts, each) => ((counts[each] = (counts[each] ?? 0) + 1), counts), {});
    this.firsts ??= columns.document.reduce((firsts, each, id) => ((firsts[each] ??= id), firsts), {});
    this.drawn = null;
    this.filter();
  },

  /** `rest` is a record's number, or `d` and a document's. */
  show(_, rest) {
    if (/^d\d+$/.test(rest)) {
      this.document = Math.min(Number(rest.slice(1)), data.documents.length - 1);
      this.figure = null;
    } else if (/^\d+$/.test(rest) && Number(rest) < size) {
      this.figure = Number(rest);
      this.document = columns.document[this.figure];
    }
    this.drawText();
    this.rows.window = null;
    this.rows.refresh();
    const place = this.found.indexOf(this.document);
    if (place >= 0) this.rows.reveal(place);
    this.choose();
  },

  filter() {
    const words = this.query.toLowerCase().split(/\s+/).filter(Boolean);
    this.found = data.documents.map((_, n) => n).filter((n) => {
      const { file, title, issuer } = data.documents[n];
      const text = `${file} ${title ?? ""} ${issuer ?? ""}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
    this.rows.show(this.found.length);
  },

  item(number) {
    const source = data.documents[number];
    return h(
      "li",
      h(
        "a",
        { href: `#sources/d${number}`, "aria-current": number === this.document ? "true" : null, title: source.file },
        h("span.name", documentName(source), h("small", [source.published, source.issuer ?? source.file].filter(Boolean).join(" · "))),
        h("span.count", String(this.counts[number] ?? 0)),
      ),
    );
  },

  drawText() {
    if (this.drawn === this.document) return;
    this.drawn = this.document;
    const source = data.documents[this.document];
    if (!source) {
      this.article.replaceChildren(h("p.empty", t("no_figures")));
      return;
    }
    const byParagraph = new Map();
    for (let id = this.firsts[this.document] ?? size; id < size && columns.document[id] === this.document; id++) {
      const place = columns.paragraph[id];
      if (!byParagraph.has(place)) byParagraph.set(place, []);
      byParagraph.get(place).push(id);
    }
    const facts = [source.published, source.issuer, source.number, source.file].filter(Boolean);
    fill(
      this.article,
      h(
        "header",
        h("h3", documentName(source)),
        h("p", facts.join(" · "), source.whole ? null : h("em", ` · ${t("partial_short")}`)),
        webAddress(source.url) ? h("p", h("a", { href: webAddress(source.url), rel: "noreferrer noopener", target: "_blank" }, t("open_source"))) : null,
      ),
      ...this.texts(source, byParagraph),
    );
    markDecided();
    this.article.scrollTop = 0;
  },

  /** The paragraphs and tables of a text; what of a table's lines is no cell stands before it. */
  texts(source, byParagraph) {
    const one = (place) => {
      const out = paragraph(source.texts[place], source.lines[place], byParagraph.get(place) ?? []);
      out.dataset.place = String(place);
      return out;
    };
    const out = [];
    let place = 0;
    for (const [first, last, rows] of source.tables) {
      const inside = new Set(rows.flatMap((cells) => cells.flatMap(([, , , stretches]) => stretches.map(([at]) => at))));
      for (; place <= last; place++) {
        if (place < first || (!inside.has(place) && /[\p{L}\p{N}]/u.test(source.texts[place]))) out.push(one(place));
      }
      out.push(grid(source, rows, byParagraph));
    }
    for (; place < source.texts.length; place++) out.push(one(place));
    return out;
  },

  /** Bring the chosen figure into sight and show its record. */
  choose() {
    for (const old of this.article.querySelectorAll(".chosen")) old.classList.remove("chosen");
    this.record.classList.toggle("open", this.figure !== null);
    if (this.figure === null) {
      this.record.replaceChildren(h("p.empty", t("choose_figure")));
      return;
    }
    const mark = this.article.querySelector(`[data-ids~="${this.figure}"]`);
    mark?.classList.add("chosen");
    mark?.closest(".sentence, td")?.classList.add("chosen");
    this.drawRecord();
    const sheet = getComputedStyle(this.record).position === "fixed"; // a phone's, which covers the foot
    mark?.scrollIntoView({ block: sheet ? "start" : "center" });
    mark?.focus({ preventScroll: true });
  },

  drawRecord() {
    const id = this.figure;
    const source = data.documents[columns.document[id]];
    const rules = rulesOf(id);
    const [number, unit] = ownText(id);
    const named = (kind) => label(kind, field(kind, id));
    const cell = (place) => pool[columns.cell[id]?.[place] ?? -1];
    const values = [
      ["subject", field("subject", id)],
      ["value", [columns.value[id], columns.value_max[id]].filter((each) => each !== null).join(" – ")],
      ["unit", field("unit", id)],
      ["bound", field("bound", id)],
      ["role", [named("role"), named("trend")].filter(Boolean).join(" · ")],
      ["stage", named("stage")],
      ["groups", columns.groups[id].map((place) => label("groups", pool[place])).join(" · ")],
      ["measure", named("measure")],
      ["metric", named("metric")],
      ["pillar", named("pillar")],
      ["province", placeName(field("province", id), false)],
      ["area", field("area", id) === field("province", id) ? null : field("area", id)],
      ["area_level", named("area_level")],
      ["period", [field("period", id), columns.per_year[id] ? label("field", "per_year") : null].filter(Boolean).join(" · ")],
      ["status", named("status")],
      ["section", field("section", id)],
      ["table_title", cell(1)],
      ["row_head", cell(2)],
      ["column_head", cell(3)],
      ["confidence", named("confidence")],
    ];
    const line = ([name, value]) => {
      const rule = rules.get(name);
      if (!value) return null;
      return h(
        "tr",
        h("th", { scope: "row" }, label("field", name)),
        h("td", value),
        h("td.rule", rule ? h("code", rule.rule) : null, rule?.words ? h("q", rule.words) : null),
      );
    };
    const sure = field("confidence", id);
    const reasons = columns.reasons[id].map((place) => pool[place]);
    fill(
      this.record,
      h(
        "header",
        h("div.steps",
          h("a.step", { href: `#sources/${Math.max(0, id - 1)}`, "aria-label": t("previous") }, "‹"),
          h("a.step", { href: `#sources/${Math.min(size - 1, id + 1)}`, "aria-label": t("next") }, "›"),
          h("button.step.back", { type: "button", click: () => history.back() }, t("back")),
          h("button.step.close", { type: "button", click: () => (location.hash = `#sources/d${this.document}`) }, t("close")),
        ),
        h("p.big", { "data-pillar": field("pillar", id) ?? "none" }, number, unit ? h("small", unit) : null, targetMark(id)),
        h("p", field("subject", id)),
        h("p.where", `${source.file} · ${t("line", columns.line[id])}`),
      ),
      h("p", h(`span.sure.${sure}`, label("confidence", sure)), columns.implied[id] ? ` ${t("implied")}` : ""),
      doubts.has(id) ? h("ul.reasons.wrong", doubts.get(id).map((each) => h("li", `≠ ${each.text[language]}`, each.figures.filter((other) => other !== id).map((other) => [" ", figureLink(other, field("figure", other))])))) : null,
      reasons.length ? h("ul.reasons", reasons.map((reason) => h("li", reason))) : null,
      h("table.plain.fields", h("thead", h("tr", h("th"), h("th"), h("th", t("read_by")))), h("tbody", values.map(line))),
      reviewPanel(id),
      this.elsewhere(id),
    );
    this.record.scrollTop = 0;
  },

  /** What other places report of the same measure, in the period of the figure where they do. */
  elsewhere(id) {
    this.rowOf ??= new Map(data.matrices.flatMap((matrix) => matrix.rows.flatMap((row) => row.entries.map((each) => [each[1], [matrix, row, textOf(each[4])]]))));
    const [matrix, whole, period] = this.rowOf.get(id) ?? [];
    if (!whole) return null;
    const row = { ...whole, cells: under({ status: field("status", id) }, () => cellsOf(whole, period, false)) };
    if (row.cells.length < 2) return null;
    const scale = rowScale(row);
    const most = Math.max(0, ...row.cells.filter((cell) => cell.rank).map((cell) => Math.abs(Number(cell.value))));
    return h(
      "section",
      h("h4", t("same_thing"), h("small", ` ${thingText(row)} · ${periodText(period)} ${rowUnit(row, scale)}`)),
      h("table.plain", h("tbody", row.cells.map((cell) => h("tr", h("th", { scope: "row" }, placeName(matrix.columns[cell.column])), h("td", cellLink(row, cell, scale, most)))))),
    );
  },

  /** The next or previous figure of all. */
  step(by) {
    const from = this.figure ?? (this.firsts[this.document] ?? 0) - (by > 0 ? 1 : 0);
    const next = from + by;
    if (next >= 0 && next < size) location.replace(`#sources/${next}`);
  },
};

/** An address that may be opened: the web's only. */
function webAddress(address) {
  return /^https?:\/\//i.test(address ?? "") ? address : null;
}

/** A table with its cells, the figures in them marked. */
function grid(source, rows, byParagraph) {
  const cell = ([down, over, isHead, stretches]) => {
    const out = h(isHead ? "th" : "td", { rowspan: down > 1 ? String(down) : null, colspan: over > 1 ? String(over) : null });
    stretches.forEach(([place, start, end], number) => {
      const ids = (byParagraph.get(place) ?? []).filter((id) => columns.start[id] >= start && columns.start[id] < end);
      if (number) out.append(" ");
      let at = start;
      for (const id of ids) {
        const from = columns.start[id];
        if (from < at) continue;
        out.append(source.texts[place].slice(at, from), mark(id, source.texts[place].slice(from, columns.end[id])));
        at = columns.end[id];
      }
      out.append(source.texts[place].slice(at, end));
    });
    return out;
  };
  return h("div.sheet", { tabindex: "0" }, h("table.cells", h("tbody", rows.map((cells) => h("tr", cells.map(cell))))));
}

/** The words of a figure, which lead to its record. */
function mark(id, words) {
  const out = h(
    "a.mark",
    { href: `#sources/${id}`, "data-ids": String(id), "data-pillar": field("pillar", id) ?? "none", title: field("subject", id) },
    words,
  );
  if (field("status", id) === "target") out.classList.add("planned");
  return out;
}

/** A paragraph: sentences that hold figures, the figures in them, and what lies between. */
function paragraph(text, line, ids) {
  const out = h("p", { "data-line": String(line) });
  let at = 0;
  let sentence = null;
  let sentenceEnd = 0;
  const flush = (to) => {
    if (sentence && to >= sentenceEnd) {
      sentence.append(text.slice(at, sentenceEnd));
      at = Math.max(at, sentenceEnd);
      sentence = null;
    }
    if (to > at) (sentence ?? out).append(text.slice(at, to));
    at = Math.max(at, to);
  };
  let last = null;
  for (const id of ids) {
    const start = columns.start[id];
    if (start < at && last) {
      last.dataset.ids += ` ${id}`; // two records of the same words
      continue;
    }
    const sentenceStart = columns.sentence_start[id];
    if (!sentence || start >= sentenceEnd) {
      flush(Math.max(at, sentenceStart));
      sentence = h("span.sentence");
      sentenceEnd = columns.sentence_end[id];
      out.append(sentence);
    }
    flush(start);
    last = mark(id, text.slice(start, columns.end[id]));
    (sentence ?? out).append(last);
    at = columns.end[id];
  }
  flush(text.length);
  return out;
}
