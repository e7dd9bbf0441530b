// The overview: counts, the map of provinces, coverage, figures by metric, notes.

const overviewView = {
  shows: "",

  build(root) {
    dropCharts(root);
    const covered = new Map();
    let most = 0;
    for (let id = 0; id < size; id++) {
      const key = `${field("province", id) ?? ""}\t${field("pillar", id) ?? ""}`;
      const count = (covered.get(key) ?? 0) + 1;
      covered.set(key, count);
      most = Math.max(most, count);
    }
    fill(
      root,
      h("h2.quiet", t("overview")),
      data.lead ? h("p.lead", data.lead) : null,
      this.counts(),
      h("div.panels", h("div", this.map(), this.metrics()), h("div", this.coverage(covered, most), this.findings(), this.notes())),
    );
  },

  show() {},

  counts() {
    const shared = (row) => new Set(row.entries.map((each) => each[0])).size > 1;
    const things = theMatrix(data.level).rows.filter(shared).length;
    const card = (number, name, href) => h("a.card", { href }, h("strong", number.toLocaleString("en")), h("span", name));
    return h(
      "div.cards",
      card(data.documents.length, t("documents"), "#sources"),
      card(data.places.filter((name) => provinces.has(name)).length, t("provinces"), "#compare"),
      card(size, t("figures_kpi"), "#figures"),
      card(things, t("things"), "#compare"),
      this.split("confidence", [...(pool.includes("confirmed") ? ["confirmed"] : []), "certain", "likely", "check"]),
      this.split("status", ["achieved", "target"]),
    );
  },

  /** One bar in parts: how the figures divide over the values of a field. */
  split(key, values) {
    const counts = values.map((value) => {
      const place = pool.indexOf(value);
      return columns[key].reduce((sum, each) => sum + (each === place), 0);
    });
    return h(
      "div.card.divided",
      h("span", label("field", key)),
      h("div.parts", { "aria-hidden": "true" }, values.map((value, n) => h(`i.${value}`, { "--part": String(size ? counts[n] / size : 0) }))),
      h("ul", values.map((value, n) => h("li", h(`i.${value}`, { "aria-hidden": "true" }), h("a", { href: `#figures?${key}=${value}` }, label(key, value)), " ", counts[n].toLocaleString("en")))),
    );
  },

  /** The measures of a level that two places or more report for one period, each with that period. */
  mapped(level) {
    const rows = under({ level }, () =>
      theMatrix().rows.map((row) => {
        const period = usualPeriod(reportedOf([row]), kept(row).size);
        return { ...row, period, cells: cellsOf(row, period, true).filter(together) };
      }),
    );
    return rows
      .filter((row) => row.cells.length > 1 && row.period !== null)
      .sort((a, b) => (a.metric === null) - (b.metric === null) || b.cells.length - a.cells.length)
      .slice(0, 200);
  },

  map() {
    const level = data.level === "national" ? "province" : data.level;
    const things = this.mapped(level);
    const body = h("div");
    const scale = h("p.scale");
    if (level !== "province" && !this.shows) this.shows = String(things[0]?.key ?? "");
    const draw = () => {
      const row = things.find((each) => String(each.key) === this.shows);
      const own = row ? rowScale(row) : null;
      const unit = row ? rowUnit(row, own) : "";
      dropCharts(body);
      if (level !== "province" && row) this.drawRanked(body, row, own, theMatrix(level).columns);
      else this.drawTiles(body, row, own, theMatrix("province").columns);
      scale.textContent = row ? `${thingText(row)}${unit ? `（${unit}）` : ""} · ${periodText(row.period)} · ${label("status", "achieved")}` : t("map_hint");
    };
    const select = choice(t("map_shows"), things.map((row) => [String(row.key), `${thingText(row)} · ${periodText(row.period)} · ${row.cells.length}`]), this.shows, (value) => {
      this.shows = value;
      draw();
    }, t("map_count"));
    draw();
    return h("section.panel.map", h("header", h("h3", t(level === "province" ? "map" : "ranked")), select), body, scale);
  },

  /** Cities and counties, which have no place on the map, as bars. */
  drawRanked(body, row, own, names) {
    const cells = [...row.cells].sort((a, b) => (Number(b.value) - Number(a.value)) * (row.role === "rank" ? -1 : 1));
    const bars = cells.map((cell) => ({
      name: placeName(names[cell.column]),
      value: Number(shownPlain(cell.value, own.digits)),
      text: numberText(cell.id, cell.value, cell.valueMax, own),
      end: numberText(cell.id, cell.value, cell.valueMax, own),
      tone: pillarColour(row.pillar),
      target: false,
      go: () => (location.hash = `#sources/${cell.id}`),
    }));
    const canvas = h("canvas");
    body.replaceChildren(h("div.chart", { "--height": `${Math.max(120, 30 * bars.length + 40)}px` }, canvas));
    requestAnimationFrame(() => canvas.isConnected && barChart(canvas, `${t("ranked")}: ${thingText(row)}`, bars));
  },

  drawTiles(body, row, own, names) {
    const values = new Map();
    if (row) {
      for (const cell of row.cells)
        values.set(names[cell.column], { value: Number(cell.value), text: numberText(cell.id, cell.value, cell.valueMax, own), href: `#sources/${cell.id}` });
    } else {
      const counts = new Map();
      for (const place of columns.province) counts.set(place, (counts.get(place) ?? 0) + 1);
      for (const [place, count] of counts)
        if (place >= 0) values.set(pool[place], { value: count, text: count.toLocaleString("en"), href: `#figures?province=${encodeURIComponent(pool[place])}` });
    }
    const numbers = [...values.values()].map((each) => each.value);
    const low = row ? Math.min(...numbers) : 0;
    const high = Math.max(...numbers, low);
    body.replaceChildren(
      h(
        "div.tiles",
        data.provinces.map((each) => {
          const found = values.get(each.name);
          const name = language === "en" ? [h("b.name", each.en), h("b.code", { title: each.en }, each.iso)] : h("b", each.short);
          const place = { "--across": String(each.tile[0] + 1), "--down": String(each.tile[1] + 1) };
          if (!found) return h("span.tile.gap", place, name);
          const part = high > low ? (found.value - low) / (high - low) : 1;
          return h(
            `a.tile${part > 0.85 ? ".deep" : ""}`,
            { ...place, "--part": String(0.12 + 0.88 * part), href: found.href, title: `${placeName(each.name, false)} ${found.text}` },
            name,
            h("span", found.text),
          );
        }),
      ),
    );
  },

  coverage(covered, most) {
    const pillars = [...data.pillars, ...(columns.pillar.includes(-1) ? [""] : [])];
    const rows = data.places.map((name) => {
      const counts = pillars.map((pillar) => covered.get(`${name}\t${pillar}`) ?? 0);
      const link = (count, pillar) => {
        if (!count) return h("td.gap", "·");
        const address = new URLSearchParams({ province: name || NO_VALUE, pillar: pillar || NO_VALUE });
        const part = Math.sqrt(count / most);
        return h(`td.heat${part > 0.85 ? ".deep" : ""}`, { "--part": String(part) }, h("a", { href: `#figures?${address}` }, count.toLocaleString("en")));
      };
      const total = counts.reduce((a, b) => a + b, 0);
      return h("tr", h("th", { scope: "row" }, placeName(name)), counts.map((count, n) => link(count, pillars[n])), h("td.total", total.toLocaleString("en")));
    });
    return h(
      "section.panel.covered",
      h("header", h("h3", t("coverage")), h("p", t("coverage_hint"))),
      rows.length
        ? h("div.wide", { tabindex: "0", role: "region", "aria-label": t("coverage") }, h("table.coverage", h("thead", h("tr", h("th"), pillars.map((pillar) => h("th", { scope: "col" }, dot(pillar || null), label("pillar", pillar))), h("th", { scope: "col" }, t("total")))), h("tbody", rows)))
        : h("p.empty", t("no_figures")),
    );
  },

  metrics() {
    const counts = new Map();
    for (let id = 0; id < size; id++) {
      const metric = field("metric", id);
      if (metric) {
        const entry = counts.get(metric) ?? { count: 0, pillars: new Map() };
        const pillar = field("pillar", id);
        entry.count += 1;
        entry.pillars.set(pillar, (entry.pillars.get(pillar) ?? 0) + 1);
        counts.set(metric, entry);
      }
    }
    const most = [...counts].sort((a, b) => b[1].count - a[1].count).slice(0, 16);
    const bars = most.map(([metric, { count, pillars }]) => ({
      name: label("metric_short", metric),
      value: count,
      text: `${label("metric", metric)}: ${count}`,
      end: String(count),
      tone: pillarColour([...pillars].sort((a, b) => b[1] - a[1])[0][0]),
      go: () => (location.hash = `#figures?metric=${metric}`),
    }));
    const canvas = h("canvas");
    if (bars.length) requestAnimationFrame(() => canvas.isConnected && barChart(canvas, t("by_metric"), bars));
    return h(
      "section.panel",
      h("header", h("h3", t("by_metric")), h("p.legend", data.pillars.map((pillar) => h("span", dot(pillar), label("pillar", pillar))))),
      bars.length ? h("div.chart", { "--height": `${30 * bars.length + 40}px` }, canvas) : h("p.empty", t("no_figures")),
    );
  },

  /** What cannot be right, each figure a link to its sentence. */
  findings() {
    if (!data.findings.length) return null;
    const line = (each) => h("li", h("strong", placeName(each.place)), ` ${each.text[language]} `, each.figures.map((id) => [figureLink(id, field("figure", id)), " "]));
    return h("section.panel.notes.findings", h("header", h("h3", t("findings")), h("p", String(data.findings.length))), h("ul", data.findings.slice(0, 50).map(line), data.findings.length > 50 ? h("li", t("more_findings", String(data.findings.length - 50))) : null));
  },

  notes() {
    const notes = theMatrix(data.level).notes[language] ?? [t("no_figures")];
    const { characters, tables, texts, documents, figures } = data.left_out;
    const number = (count) => count.toLocaleString("en");
    const missing = [
      figures ? t("picked", number(figures), number(documents)) : null,
      data.whole ? null : t("partial", number(data.limit), number(characters)),
      tables ? t("undrawn", number(tables)) : null,
      texts ? t("no_texts", number(texts)) : null,
    ].filter(Boolean);
    const lines = [...missing, ...notes, t("rule"), t("keys")];
    return h("section.panel.notes", h("header", h("h3", t("notes"))), h("ul", lines.map((line) => h("li", line))));
  },
};
