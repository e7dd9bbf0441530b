// Building elements. Words of documents come in as strings only, and strings become text nodes.

/** An element: `h("a.link", {href}, "words", child)`; a property that is a function listens. */
function h(name, ...parts) {
  const [tag, ...classes] = name.split(".");
  const element = document.createElement(tag || "div");
  if (classes.length) element.className = classes.join(" ");
  for (const part of parts.flat(2)) {
    if (part === null || part === undefined || part === false) continue;
    if (part instanceof Node || typeof part === "string") element.append(part);
    else
      for (const [key, value] of Object.entries(part)) {
        if (value === null || value === undefined || value === false) continue;
        if (typeof value === "function") element.addEventListener(key, value);
        else if (key.startsWith("--")) element.style.setProperty(key, value);
        else element.setAttribute(key, value === true ? "" : value);
      }
  }
  return element;
}

/** In place of what an element holds; what is null is left out. */
function fill(element, ...children) {
  element.replaceChildren(...children.filter((child) => child !== null));
}

function option(value, text, selected) {
  return h("option", { value, selected: value === selected }, text);
}

/** A labelled select of [value, text] pairs under "all". */
function choice(name, pairs, selected, changed, all = t("all")) {
  return h(
    "label.choice",
    h("span", name),
    h(
      "select",
      { change: (event) => changed(event.target.value) },
      all === null ? [] : option("", all, selected),
      pairs.map(([value, text]) => option(value, text, selected)),
    ),
  );
}

/** A search field that reports after a short rest. */
function searchField(hint, value, changed) {
  let waiting = 0;
  const input = h("input", { type: "search", placeholder: hint, "aria-label": hint, value });
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => changed(input.value.trim()), 120);
  });
  return h("label.search", input);
}

function dot(pillar) {
  return h("span.dot", { "data-pillar": pillar ?? "none", title: label("pillar", pillar), "aria-hidden": "true" });
}

/** A link to a figure in its text. */
function figureLink(id, ...parts) {
  return h("a.figure", { href: `#sources/${id}`, title: sentenceOf(id).trim() }, parts);
}

function targetMark(id) {
  if (field("status", id) !== "target") return null;
  return h("span.target", { title: label("status", "target") }, "◇");
}

const collator = new Intl.Collator("zh");
