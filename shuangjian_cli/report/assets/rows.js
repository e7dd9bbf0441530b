// A table body or list that draws only the rows in sight.

const OVERSCAN = 12;
const PRINTED = 2000;

class Rows {
  /** `draw(index)` gives the element of a row; every row is `--row` pixels high. */
  constructor(scroller, body, draw) {
    this.scroller = scroller;
    this.body = body;
    this.draw = draw;
    this.count = 0;
    this.window = null;
    const spacer = body.tagName === "TBODY" ? "tr" : "li";
    this.top = h(`${spacer}.spacer`, { "aria-hidden": "true" });
    this.bottom = h(`${spacer}.spacer`, { "aria-hidden": "true" });
    let waiting = false;
    const later = () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        this.refresh();
      });
    };
    scroller.addEventListener("scroll", later, { passive: true });
    new ResizeObserver(later).observe(scroller);
    body.addEventListener("keydown", (event) => this.move(event));
    this.note = h("p.onpaper", { hidden: true }, t("print_limit", PRINTED.toLocaleString("en")));
    scroller.after(this.note);
  }

  show(count) {
    this.count = count;
    this.window = null;
    this.scroller.scrollTop = 0;
    this.refresh();
  }

  refresh(all = false) {
    const height = parseFloat(getComputedStyle(this.scroller).getPropertyValue("--row"));
    const first = all ? 0 : Math.max(0, Math.floor(this.scroller.scrollTop / height) - OVERSCAN);
    const seen = Math.ceil(this.scroller.clientHeight / height) + 2 * OVERSCAN;
    const last = Math.min(this.count, all ? PRINTED : first + seen);
    const wanted = `${first} ${last} ${height}`;
    if (this.window === wanted) return;
    this.window = wanted;
    this.height = height;
    const focused = document.activeElement?.closest?.("[data-row]")?.dataset.row;
    const had = this.body.contains(document.activeElement);
    this.top.style.height = `${all ? 0 : first * height}px`;
    this.bottom.style.height = `${all ? 0 : (this.count - last) * height}px`;
    const rows = [];
    for (let index = first; index < last; index++) {
      const row = this.draw(index);
      row.dataset.row = index;
      rows.push(row);
    }
    this.body.replaceChildren(this.top, ...rows, this.bottom);
    if (had && focused !== undefined) this.focus(Number(focused));
  }

  /** For paper, all rows at once, up to a limit that is told. */
  print(on) {
    this.note.hidden = this.count <= PRINTED;
    this.window = null;
    this.refresh(on);
  }

  /** The arrow keys go from row to row, drawn or not. */
  move(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const row = event.target.closest("[data-row]");
    if (!step || !row || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const links = [...row.querySelectorAll("a, button")];
    const place = Math.max(0, links.indexOf(event.target));
    this.focus(Math.min(this.count - 1, Math.max(0, Number(row.dataset.row) + step)), place);
  }

  focus(index, place = 0) {
    this.reveal(index);
    const row = this.body.querySelector(`[data-row="${index}"]`);
    const links = row?.querySelectorAll("a, button");
    links?.[Math.min(place, links.length - 1)]?.focus({ preventScroll: true });
  }

  reveal(index) {
    const { scroller, height } = this;
    const head = this.body.parentElement.tHead?.offsetHeight ?? 0;
    const from = index * height;
    if (from < scroller.scrollTop) scroller.scrollTop = from;
    const room = scroller.clientHeight - head;
    if (from + height > scroller.scrollTop + room) scroller.scrollTop = from + height - room;
    this.refresh();
  }
}
