// A chart as a picture and a table to keep.

function save(name, blob) {
  const address = URL.createObjectURL(blob);
  const link = h("a", { href: address, download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  // A browser that is busy begins the download late, and one whose address is gone is lost.
  setTimeout(() => URL.revokeObjectURL(address), 40_000);
}

/** A file's name from words, with nothing in it that a system refuses. */
function fileName(words, suffix) {
  return `${words.replace(/[\\/:*?"<>|\s]+/g, "_").slice(0, 80)}.${suffix}`;
}

/** Rows of a table as CSV for Excel: UTF-8 with its mark; words that would be formulas are words. */
function csvOf(rows) {
  const cell = (value) => {
    let text = String(value ?? "");
    if (/^[=+@\t\r]|^-(?![\d.])/.test(text)) text = `'${text}`;
    return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return new Blob([`\ufeff${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`], { type: "text/csv" });
}

/** Words broken into lines that fit. */
function wrapped(pen, words, width) {
  const lines = [""];
  for (const char of words) {
    if (char === "\n" || pen.measureText(lines.at(-1) + char).width > width) lines.push("");
    if (char !== "\n") lines[lines.length - 1] += char;
  }
  return lines;
}

/** A chart with its title above, and what it shows and its sources below, as one picture. */
function pictureOf(canvas, title, notes) {
  const ratio = canvas.width / canvas.clientWidth;
  const [pad, width] = [20, canvas.clientWidth];
  const out = document.createElement("canvas");
  const pen = out.getContext("2d");
  const family = getComputedStyle(document.body).fontFamily;
  pen.font = `700 16px ${family}`;
  const heads = wrapped(pen, title, width);
  pen.font = `12px ${family}`;
  const feet = notes.flatMap((note) => wrapped(pen, note, width));
  const above = pad + 24 * heads.length;
  out.width = (width + 2 * pad) * ratio;
  out.height = (above + canvas.clientHeight + 18 * feet.length + 2 * pad) * ratio;
  pen.scale(ratio, ratio);
  pen.fillStyle = colour("--surface");
  pen.fillRect(0, 0, width + 2 * pad, out.height);
  pen.textBaseline = "top";
  pen.fillStyle = colour("--ink");
  pen.font = `700 16px ${family}`;
  heads.forEach((line, at) => pen.fillText(line, pad, pad + 24 * at));
  pen.drawImage(canvas, pad, above, width, canvas.clientHeight);
  pen.fillStyle = colour("--muted");
  pen.font = `12px ${family}`;
  feet.forEach((line, at) => pen.fillText(line, pad, above + canvas.clientHeight + pad / 2 + 18 * at));
  return new Promise((done) => out.toBlob(done, "image/png"));
}

/** The buttons under a chart. */
function downloads(canvas, title, notes, table) {
  return h(
    "p.downloads",
    h("button.plain", { type: "button", click: async () => save(fileName(title, "png"), await pictureOf(canvas, title, notes)) }, t("as_png")),
    h("button.plain", { type: "button", click: () => save(fileName(title, "csv"), csvOf([...table, [], ...notes.map((note) => [note])])) }, t("as_csv")),
  );
}

/** The documents that figures stand in, once each. */
function sourcesOf(ids) {
  const found = [...new Set(ids.map((id) => columns.document[id]))].map((number) => data.documents[number]);
  const named = found.slice(0, 12).map((each) => [documentName(each), each.published].filter(Boolean).join(" "));
  return t("source", named.join(language === "zh" ? "；" : "; ") + (found.length > 12 ? " …" : ""));
}
