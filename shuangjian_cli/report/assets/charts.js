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

/** Lines over time; `lines` are {name, points: [{period, value, text, target, go}]}. */
function lineChart(canvas, name, lines) {
  const points = lines.flatMap((line) => line.points);
  const years = points.map((point) => yearOf(point.period));
  const [low, high] = [Math.min, Math.max].map((pick) => pick(...points.map((point) => point.value)));
  const tones = ["--line-1", "--line-2", "--line-3", "--line-4", "--line-5", "--line-6"].map(colour);
  return drawChart(canvas, name, {
    type: "line",
    data: {
      datasets: lines.map((line, place) => ({
        label: line.name,
        data: line.points.map((point) => ({ x: yearOf(point.period), y: point.value })),
        borderColor: tones[place % tones.length],
        backgroundColor: tones[place % tones.length],
        pointStyle: SHAPES[Math.floor(place / tones.length) % SHAPES.length],
        clip: false,
        pointRadius: 5,
        pointHoverRadius: 7,
        borderWidth: 2,
        segment: { borderDash: (part) => (line.points[part.p1DataIndex].target ? [5, 4] : undefined) },
      })),
    },
    options: {
      maintainAspectRatio: false,
      onClick: (_, hit) => hit.length && lines[hit[0].datasetIndex].points[hit[0].index].go(),
      onHover: (event, hit) => (event.native.target.style.cursor = hit.length ? "pointer" : ""),
      plugins: {
        legend: { position: "bottom", labels: { usePointStyle: true, color: colour("--ink") } },
        tooltip: {
          ...tooltip(),
          callbacks: {
            title: () => "",
            label: ({ datasetIndex, dataIndex }) => lines[datasetIndex].points[dataIndex].text,
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

/** The things that charts can show, and the charts of the chosen one. */
const chartsView = {
  query: "",
  chosen: null,

  build(root) {
    const matrix = data.matrices[matrixView.level];
    const rows = matrix?.rows ?? [];
    this.periods = matrix?.periods ?? [];
    this.trends = new Map();
    for (const row of matrix?.trends ?? []) this.trends.set(row.key, [...(this.trends.get(row.key) ?? []), row]);
    this.columns = matrix?.columns ?? [];
    this.things = rows.filter((row) => row.cells.length > 1 || this.trends.has(row.key));
    this.byKey = new Map(rows.map((row) => [row.key, row]));
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
    this.filter();
    if (!this.byKey.has(this.chosen)) {
      const variety = (row) => new Set(row.cells.map((cell) => cell[2])).size;
      this.chosen = [...this.things].sort((a, b) => (a.pillar === null) - (b.pillar === null) || variety(b) - variety(a))[0]?.key ?? null;
    }
    this.draw();
  },

  show(_, rest) {
    const key = rest ? pool.indexOf(decodeURIComponent(rest)) : -1;
    if (this.byKey.has(key) && key !== this.chosen) {
      this.chosen = key;
      this.draw();
    }
    this.rows.window = null;
    this.rows.refresh();
    const place = this.found.findIndex((row) => row.key === this.chosen);
    if (place >= 0) this.rows.reveal(place);
  },

  filter() {
    const words = this.query.toLowerCase().split(/\s+/).filter(Boolean);
    this.found = this.things.filter((row) => words.every((word) => `${row.subject} ${label("metric", row.metric)}`.toLowerCase().includes(word)));
    this.rows.show(this.found.length);
  },

  item(row) {
    const current = row.key === this.chosen;
    return h(
      "li",
      h(
        "a",
        { href: `#charts/${encodeURIComponent(pool[row.key])}`, "aria-current": current ? "true" : null },
        dot(row.pillar),
        h("span.name", thingText(row)),
        h("span.count", this.trends.has(row.key) ? "↗ " : "", String(row.cells.length)),
      ),
    );
  },

  draw() {
    dropCharts(this.stage);
    const row = this.byKey.get(this.chosen);
    if (!row) {
      this.stage.replaceChildren(h("p.empty", t(size ? "no_bars" : "no_figures")));
      return;
    }
    const scale = rowScale(row);
    const unit = rowUnit(row, scale);
    const over = this.trends.get(row.key) ?? [];
    this.stage.replaceChildren(
      h("header.thing", h("p.kind", dot(row.pillar), label("pillar", row.pillar), " · ", label("metric", row.metric)), h("h3", thingText(row), unit ? h("small", unit) : null)),
      this.bars(row, scale, unit),
      ...(over.length ? [this.lines(over, scale)] : []),
    );
  },

  bars(row, scale, unit) {
    const tone = pillarColour(row.pillar);
    const cells = [...row.cells].sort((a, b) => (Number(b[2]) - Number(a[2])) * (row.role === "rank" ? -1 : 1));
    const bars = cells.map((cell) => {
      const [column, id, value, valueMax] = cell;
      const number = numberText(id, value, valueMax, scale);
      const target = field("status", id) === "target";
      return {
        name: placeName(this.columns[column]),
        value: Number(shownPlain(value, scale.digits)),
        text: [`${number} ${unit}`.trim(), field("period", id), target ? t("target_mark") : null].filter(Boolean).join(" · "),
        end: number + (target ? " ◇" : ""),
        tone,
        target,
        go: () => (location.hash = `#sources/${id}`),
      };
    });
    const canvas = h("canvas");
    const box = h("div.chart", { "--height": `${Math.max(120, 34 * bars.length + 40)}px` }, canvas);
    requestAnimationFrame(() => canvas.isConnected && barChart(canvas, `${t("bars")}: ${thingText(row)}`, bars));
    const table = h(
      "table.plain",
      h("tbody", cells.map((cell) => h("tr", h("th", { scope: "row" }, placeName(this.columns[cell[0]])), h("td", cellLink(row, cell, scale, 0))))),
    );
    return h("figure", h("figcaption", t("bars")), box, h("details", h("summary", t("as_table")), table));
  },

  lines(rows, scale) {
    const lines = rows.map((row) => ({
      name: placeName(row.place),
      points: row.cells.map(([column, id, value, valueMax]) => {
        const period = this.periods[column];
        const target = field("status", id) === "target";
        const number = numberText(id, value, valueMax, scale);
        return {
          period,
          value: Number(shownPlain(value, scale.digits)),
          number,
          text: [placeName(row.place), period, number, target ? t("target_mark") : null].filter(Boolean).join(" · "),
          target,
          id,
          go: () => (location.hash = `#sources/${id}`),
        };
      }),
    }));
    const canvas = h("canvas");
    requestAnimationFrame(() => canvas.isConnected && lineChart(canvas, `${t("trend")}: ${thingText(rows[0])}`, lines));
    const table = h(
      "table.plain",
      h("tbody", lines.map((line) => h("tr", h("th", { scope: "row" }, line.name), h("td", line.points.map((point) => figureLink(point.id, h("span.number", point.number, targetMark(point.id)), h("small", point.period))))))),
    );
    return h("figure", h("figcaption", t("trend")), h("div.chart", { "--height": "320px" }, canvas), h("details", h("summary", t("as_table")), table));
  },
};

/** A literal divided by a power of ten, as a literal without groups: for axes. */
function shownPlain(literal, digits) {
  return shown(literal, digits).replaceAll(",", "").replace("−", "-");
}
