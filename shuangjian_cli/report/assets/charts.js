// Bars over provinces and lines over time, drawn by Chart.js in the colours of the theme.

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function pillarColour(pillar) {
  return colour(`--${pillar ?? "none"}`) || colour("--other");
}

/** Stripes in a colour, for what is only planned. */
function stripes(tone) {
  const tile = document.createElement("canvas");
  tile.width = tile.height = 8;
  const pen = tile.getContext("2d");
  pen.strokeStyle = tone;
  pen.lineWidth = 2;
  for (const at of [-4, 0, 4, 8]) {
    pen.moveTo(at, 8);
    pen.lineTo(at + 8, 0);
  }
  pen.stroke();
  return pen.createPattern(tile, "repeat");
}

const charts = new Set();

/** A chart on a canvas of its own, named for readers who do not see it. */
function drawChart(canvas, name, config) {
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  Chart.defaults.color = colour("--muted");
  Chart.defaults.borderColor = colour("--line");
  Chart.defaults.animation = false;
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", name);
  const chart = new Chart(canvas, config);
  charts.add(chart);
  return chart;
}

function dropCharts(root) {
  for (const chart of charts) {
    if (root.contains(chart.canvas)) {
      chart.destroy();
      charts.delete(chart);
    }
  }
}

function tooltip() {
  return {
    backgroundColor: colour("--ink"),
    titleColor: colour("--paper"),
    bodyColor: colour("--paper"),
    displayColors: false,
    padding: 10,
  };
}

/** Horizontal bars; `bars` are {name, value, text, tone, target, go}. */
function barChart(canvas, name, bars) {
  return drawChart(canvas, name, {
    type: "bar",
    data: {
      labels: bars.map((bar) => bar.name),
      datasets: [
        {
          data: bars.map((bar) => bar.value),
          backgroundColor: bars.map((bar) => (bar.target ? stripes(bar.tone) : bar.tone)),
          borderColor: bars.map((bar) => bar.tone),
          borderWidth: bars.map((bar) => (bar.target ? 1 : 0)),
          borderRadius: 2,
          maxBarThickness: 22,
        },
      ],
    },
    options: {
      indexAxis: "y",
      maintainAspectRatio: false,
      layout: { padding: { right: 76 } },
      onClick: (_, hit) => hit.length && bars[hit[0].index].go(),
      onHover: (event, hit) => (event.native.target.style.cursor = hit.length ? "pointer" : ""),
      plugins: {
        legend: { display: false },
        tooltip: { ...tooltip(), callbacks: { label: ({ dataIndex }) => bars[dataIndex].text } },
      },
      scales: {
        x: { beginAtZero: true, grid: { color: colour("--line") }, border: { display: false } },
        y: { grid: { display: false }, ticks: { color: colour("--ink"), autoSkip: false } },
      },
    },
    plugins: [
      {
        id: "ends",
        afterDatasetsDraw(chart) {
          const pen = chart.ctx;
          pen.save();
          pen.font = `600 12px ${Chart.defaults.font.family}`;
          pen.fillStyle = colour("--ink");
          pen.textBaseline = "middle";
          chart.getDatasetMeta(0).data.forEach((bar, place) => {
            pen.fillText(bars[place].end, Math.max(bar.x, bar.base) + 6, bar.y);
          });
          pen.restore();
        },
      },
    ],
  });
}

/** The year of a period with its months and days as a fraction; `../2023-06` is a state at 2023-06. */
function yearOf(period) {
  const [year, month = null, day = null] = period.replace("../", "").split("-").map(Number);
  return month === null ? year : year + (month - 1) / 12 + ((day ?? 15) - 1) / 365;
}

const SHAPES = ["circle", "rect", "triangle", "rectRot", "star", "crossRot"];

/** Lines over time; `lines` are {name, points, targets} of {period, value, text, target, go}. Targets
are points apart, which no line joins. */
function lineChart(canvas, name, lines) {
  const drawn = lines.flatMap((line, place) => [
    { ...line, place, planned: false },
    ...(line.targets.length ? [{ name: line.name, points: line.targets, place, planned: true }] : []),
  ]);
  const points = drawn.flatMap((line) => line.points);
  const years = points.map((point) => yearOf(point.period));
  const [low, high] = [Math.min, Math.max].map((pick) => pick(...points.map((point) => point.value)));
  const tones = ["--line-1", "--line-2", "--line-3", "--line-4", "--line-5", "--line-6"].map(colour);
  return drawChart(canvas, name, {
    type: "line",
    data: {
      datasets: drawn.map((line) => ({
        label: line.name,
        data: line.points.map((point) => ({ x: yearOf(point.period), y: point.value })),
        borderColor: tones[line.place % tones.length],
        backgroundColor: line.planned ? colour("--surface") : tones[line.place % tones.length],
        pointStyle: line.planned ? "rectRot" : SHAPES[Math.floor(line.place / tones.length) % SHAPES.length],
        showLine: !line.planned,
        clip: false,
        pointRadius: line.planned ? 7 : 5,
        pointHoverRadius: 8,
        borderWidth: 2,
      })),
    },
    options: {
      maintainAspectRatio: false,
      onClick: (_, hit) => hit.length && drawn[hit[0].datasetIndex].points[hit[0].index].go(),
      onHover: (event, hit) => (event.native.target.style.cursor = hit.length ? "pointer" : ""),
      plugins: {
        legend: { position: "bottom", labels: { usePointStyle: true, color: colour("--ink"), filter: ({ datasetIndex }) => !drawn[datasetIndex].planned } },
        tooltip: {
          ...tooltip(),
          callbacks: {
            title: () => "",
            label: ({ datasetIndex, dataIndex }) => drawn[datasetIndex].points[dataIndex].text,
          },
        },
      },
      scales: {
        x: {
          type: "linear",
          min: Math.floor(Math.min(...years)) - 0.25,
          max: Math.ceil(Math.max(...years)) + 0.25,
          afterBuildTicks: (axis) => (axis.ticks = axis.ticks.filter(({ value }) => Number.isInteger(value))),
          ticks: { stepSize: 1, includeBounds: false, callback: (year) => String(year) },
          grid: { display: false },
        },
        y: {
          min: low >= 0 ? Math.max(0, low - (high - low) / 4) : undefined,
          grace: "8%",
          ticks: { includeBounds: false },
          border: { display: false },
        },
      },
    },
  });
}

/** The measures that charts can show, and the charts of the chosen one. */
const chartsView = {
  query: "",
  chosen: null,

  build(root) {
    this.list = h("ul");
    this.scroller = h("div.scroller.list", { tabindex: "0", role: "region", "aria-label": t("choose_thing") }, this.list);
    this.stage = h("div.stage");
    const search = searchField(t("search_things"), this.query, (value) => {
      this.query = value;
      this.filter();
    });
    dropCharts(root);
    root.replaceChildren(
      h("h2.quiet", t("charts")),
      h("div.split", h("div.side", search, this.scroller), this.stage),
    );
    this.rows = new Rows(this.scroller, this.list, (index) => this.item(this.found[index]));
  },

  /** Show the measure and the filters that an address names, or those of before. */
  show(parameters, rest) {
    if (parameters.size || !this.drawn) readView(parameters);
    this.drawn = true;
    const key = rest ? pool.indexOf(decodeURIComponent(rest)) : -1;
    if (key >= 0) this.chosen = key;
    this.apply();
  },

  /** Charts are of one level: of all, that in which the measure has the most figures. */
  ofOneLevel() {
    if (view.level !== "all") return;
    const held = (matrix) => matrix.rows.find((row) => row.key === this.chosen)?.entries.length ?? 0;
    const [most] = data.matrices.filter((each) => each.level !== "all").sort((a, b) => held(b) - held(a));
    setView(this.chosen === null ? "charts" : `charts/${encodeURIComponent(pool[this.chosen])}`, { level: most.level });
  },

  apply() {
    this.ofOneLevel();
    this.all = compared();
    // A measure of which nothing is of the comparison's period is shown for its own usual one.
    this.things = [...this.all.rows, ...this.all.guests]
      .map((row) => {
        const period = this.periodOf(row, reportedOf([row]));
        const drawn = cellsOf(row, period, true).filter(together).length;
        return { ...row, period, drawn, trends: trendsOf(row).length };
      })
      .filter((row) => row.drawn > 1 || row.trends);
    this.byKey = new Map(this.all.matrix.rows.map((row) => [row.key, row]));
    if (!this.byKey.has(this.chosen)) {
      const best = [...this.things].sort((a, b) => (a.metric === null) - (b.metric === null) || b.drawn - a.drawn);
      this.chosen = best[0]?.key ?? null;
    }
    this.filter();
    this.draw();
    this.rows.window = null;
    this.rows.refresh();
    const place = this.found.findIndex((row) => row.key === this.chosen);
    if (place >= 0) this.rows.reveal(place);
  },

  /** The period of a chart: the row's, or where that has no figure the usual one of its own. */
  periodOf(row, own) {
    if (view.period !== "latest") return this.all.period;
    const period = rowPeriod(row, this.all.period);
    return own.has(period) ? period : usualPeriod(own, kept(row).size);
  },

  filter() {
    const words = this.query.toLowerCase().split(/\s+/).filter(Boolean);
    this.found = this.things.filter((row) => words.every((word) => `${row.names.zh} ${row.names.en} ${label("metric", row.metric)}`.toLowerCase().includes(word)));
    this.rows.show(this.found.length);
  },

  item(row) {
    const current = row.key === this.chosen;
    return h(
      "li",
      h(
        "a",
        { href: chartAddress(row), "aria-current": current ? "true" : null, title: thingText(row) },
        dot(row.pillar),
        h("span.name", thingText(row)),
        h("span.count", row.trends ? "↗ " : "", String(row.drawn)),
      ),
    );
  },

  draw() {
    dropCharts(this.stage);
    const whole = this.byKey.get(this.chosen);
    if (!whole) {
      this.stage.replaceChildren(h("p.empty", t(size ? "no_bars" : "no_figures")));
      return;
    }
    const own = reportedOf([whole]);
    const period = this.periodOf(whole, own);
    const row = { ...whole, cells: cellsOf(whole, period, view.period !== "latest") };
    const scale = rowScale(row.cells.length ? row : { cells: whole.entries.map(entry) });
    const unit = rowUnit(row, scale);
    const trends = trendsOf(row);
    const changed = () => this.apply();
    this.stage.replaceChildren(
      h("form.filters", { submit: (event) => event.preventDefault() }, viewFilters(`charts/${encodeURIComponent(pool[row.key])}`, { reported: own, usual: usualPeriod(own, kept(whole).size) }, changed)),
      h("header.thing", h("p.kind", dot(row.pillar), label("pillar", row.pillar), " · ", label("metric", row.metric)), h("h3", thingText(row), unit ? h("small", unit) : null)),
      this.bars(row, scale, unit, period),
      ...(trends.length ? [this.lines(row, trends, scale, unit)] : []),
    );
  },

  /** What a chart shows: period, status, level. */
  caption(period) {
    const status = view.status === "both" ? `${label("status", "achieved")} + ${t("targets")}` : label("status", view.status);
    return [period, status, label("area_level", view.level)].filter(Boolean).join(" · ");
  },

  /** Places ranked, of one period, status and wording; the others are in the table beside it. */
  bars(row, scale, unit, period) {
    const tone = pillarColour(row.pillar);
    const drawn = row.cells.filter(together).sort((a, b) => (Number(b.value) - Number(a.value)) * (row.role === "rank" ? -1 : 1));
    const bars = drawn.map((cell) => {
      const number = numberText(cell.id, cell.value, cell.valueMax, scale);
      const target = cell.status === "target";
      return {
        name: placeName(this.all.matrix.columns[cell.column]),
        value: Number(shownPlain(cell.value, scale.digits)),
        text: [`${number} ${unit}`.trim(), periodText(field("period", cell.id)), target ? t("target_mark") : null].filter(Boolean).join(" · "),
        end: number + (target ? " ◇" : ""),
        tone,
        target,
        go: () => (location.hash = `#sources/${cell.id}`),
      };
    });
    const caption = `${t("ranked")} · ${this.caption(periodText(period))}`;
    const left = [row.cells.filter((cell) => !cell.current).length, row.cells.filter((cell) => cell.current && !cell.alike).length];
    const notes = [this.caption(periodText(period)), sourcesOf(drawn.map((cell) => cell.id))];
    if (left[0] || left[1]) notes.push(t("not_drawn", ...left));
    const canvas = h("canvas");
    if (bars.length) requestAnimationFrame(() => canvas.isConnected && barChart(canvas, `${caption}: ${thingText(row)}`, bars));
    const order = [...drawn, ...row.cells.filter((cell) => !together(cell))];
    const rows = order.map((cell) => [
      placeName(this.all.matrix.columns[cell.column], false),
      cell.value,
      cell.valueMax,
      textOf(row.unit),
      field("bound", cell.id),
      field("period", cell.id),
      cell.status,
      cell.subject,
      data.documents[columns.document[cell.id]].file,
      sentenceOf(cell.id).trim(),
    ]);
    const table = h(
      "table.plain",
      h("tbody", order.map((cell) => h("tr", { class: together(cell) ? null : "apart" }, h("th", { scope: "row" }, placeName(this.all.matrix.columns[cell.column])), h("td", cellLink(row, cell, scale, 0)), h("td.words", cell.subject)))),
    );
    const heads = ["place", "value", "value_max", "unit", "bound", "period", "status", "wording", "file", "sentence"];
    return h(
      "figure",
      h("figcaption", caption),
      h(
        "div.beside",
        bars.length ? h("div.chart", { "--height": `${Math.max(120, 34 * bars.length + 40)}px` }, canvas) : h("p.empty", t("nothing_of_period", periodText(period))),
        table,
      ),
      h("p.sources", notes.slice(1).join(" · ")),
      bars.length ? downloads(canvas, thingText(row), notes, [heads, ...rows]) : null,
    );
  },

  lines(row, trends, scale, unit) {
    const named = (column) => placeName(this.all.matrix.columns[column]);
    const point = (column) => (each) => {
      const number = numberText(each.id, each.value, each.valueMax, scale);
      const target = each.status === "target";
      return {
        period: each.period,
        value: Number(shownPlain(each.value, scale.digits)),
        number,
        text: [named(column), each.period, `${number} ${unit}`.trim(), target ? t("target_mark") : null].filter(Boolean).join(" · "),
        target,
        id: each.id,
        go: () => (location.hash = `#sources/${each.id}`),
      };
    };
    const lines = trends.map((each) => ({ name: named(each.column), points: each.points.map(point(each.column)), targets: each.targets.map(point(each.column)) }));
    const all = lines.flatMap((line) => [...line.points, ...line.targets]);
    const years = all.map((each) => each.period).sort();
    const caption = [t("trend"), `${years[0]}–${years.at(-1)}`, label("status", "achieved"), all.some((each) => each.target) ? `◇ ${t("targets")}` : null].filter(Boolean).join(" · ");
    const notes = [caption, sourcesOf(all.map((each) => each.id))];
    const canvas = h("canvas");
    requestAnimationFrame(() => canvas.isConnected && lineChart(canvas, `${caption}: ${thingText(row)}`, lines));
    const table = h(
      "table.plain",
      h("tbody", lines.map((line) => h("tr", h("th", { scope: "row" }, line.name), h("td", [...line.points, ...line.targets].map((each) => figureLink(each.id, h("span.number", each.number, targetMark(each.id)), h("small", each.period))))))),
    );
    const rows = lines.flatMap((line) => [...line.points, ...line.targets].map((each) => [line.name, each.period, columns.value[each.id], field("unit", each.id), field("status", each.id), sentenceOf(each.id).trim()]));
    return h(
      "figure",
      h("figcaption", caption),
      h("div.beside", h("div.chart", { "--height": "320px" }, canvas), table),
      h("p.sources", notes[1]),
      downloads(canvas, `${thingText(row)} ${t("trend")}`, notes, [["place", "period", "value", "unit", "status", "sentence"], ...rows]),
    );
  },
};

/** Whether a cell may stand in a chart beside others: of one period and one wording. */
function together(cell) {
  return cell.alike && cell.current && cell.period !== null;
}

/** A literal divided by a power of ten, as a literal without groups: for axes. */
function shownPlain(literal, digits) {
  return shown(literal, digits).replaceAll(",", "").replace("−", "-");
}
