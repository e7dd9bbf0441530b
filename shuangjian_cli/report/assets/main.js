// Views by address, language, theme, keys, print.

const views = {
  overview: overviewView,
  compare: matrixView,
  charts: chartsView,
  figures: figuresView,
  sources: sourcesView,
};
const names = Object.keys(views);
const root = document.documentElement;
const built = new Set();
let current = null;

/** A view's element. Its id is no address, so that the browser does not jump to it by itself. */
function section(name) {
  return document.getElementById(`view-${name}`);
}

function route() {
  if (location.hash === "#main") return document.getElementById("main").focus(); // the skip link
  const [address, query = ""] = location.hash.slice(1).split("?");
  const [wanted, ...rest] = address.split("/");
  const name = views[wanted] ? wanted : "overview";
  for (const each of names) section(each).hidden = each !== name;
  for (const tab of document.querySelectorAll("#tabs a")) {
    if (tab.dataset.view === name) tab.setAttribute("aria-current", "page");
    else tab.removeAttribute("aria-current");
  }
  if (!built.has(name)) {
    built.add(name);
    views[name].build(section(name));
  }
  views[name].show(new URLSearchParams(query), rest.join("/"));
  document.title = `${t(name)} · ${data.title ?? t("title")}`;
  current = name;
}

/** Build everything anew, in the language and theme of now. */
function rebuild() {
  root.lang = language === "zh" ? "zh-CN" : "en";
  for (const element of document.querySelectorAll("[data-label]")) element.textContent = t(element.dataset.label);
  if (data.title) document.querySelector(".brand h1").textContent = data.title;
  for (const element of document.querySelectorAll("[data-aria]")) element.setAttribute("aria-label", t(element.dataset.aria));
  const known = data.places.filter((name) => provinces.has(name)).length;
  document.getElementById("summary").textContent = t("summary", ...[data.documents.length, known, size].map((count) => count.toLocaleString("en")));
  document.getElementById("tabs").replaceChildren(
    ...names.map((name, place) => h("a", { href: `#${name}`, "data-view": name, "aria-keyshortcuts": String(place + 1) }, t(name))),
  );
  const other = document.getElementById("language");
  other.textContent = t("other_language");
  other.lang = language === "zh" ? "en" : "zh-CN";
  document.getElementById("theme").textContent = t(`theme_${theme}`);
  for (const name of names) section(name).replaceChildren();
  built.clear();
  route();
}

// --- theme and language, remembered where the browser lets a file remember -----------------------

const THEMES = ["auto", "light", "dark"];

function remembered(key) {
  try {
    return localStorage.getItem(`shuangjian-${key}`);
  } catch {
    return null;
  }
}

function remember(key, value) {
  try {
    localStorage.setItem(`shuangjian-${key}`, value);
  } catch {
    // It holds for this visit only.
  }
}

let theme = THEMES.includes(remembered("theme")) ? remembered("theme") : "auto";
const system = matchMedia("(prefers-color-scheme: dark)");

function dress() {
  root.dataset.theme = theme === "auto" ? (system.matches ? "dark" : "light") : theme;
}

document.getElementById("theme").addEventListener("click", () => {
  theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
  remember("theme", theme);
  dress();
  rebuild();
});
system.addEventListener("change", () => {
  dress();
  rebuild();
});
document.getElementById("language").addEventListener("click", () => {
  language = language === "zh" ? "en" : "zh";
  rebuild();
});

// --- keys ----------------------------------------------------------------------------------------

addEventListener("keydown", (event) => {
  const writing = event.target.closest("input, select, textarea");
  if (event.key === "Escape") {
    if (writing) event.target.blur();
    else history.back();
    return;
  }
  if (writing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (names[Number(event.key) - 1]) location.hash = names[Number(event.key) - 1];
  else if (event.key === "/") {
    const search = section(current).querySelector("input[type=search]");
    if (search) {
      event.preventDefault();
      search.focus();
    }
  } else if (current === "sources" && (event.key === "n" || event.key === "p")) sourcesView.step(event.key === "n" ? 1 : -1);
});

// --- print ---------------------------------------------------------------------------------------

addEventListener("beforeprint", () => {
  root.dataset.theme = "light";
  views[current].print?.(true);
});
addEventListener("afterprint", () => {
  dress();
  views[current].print?.(false);
});

addEventListener("hashchange", route);
dress();
rebuild();
