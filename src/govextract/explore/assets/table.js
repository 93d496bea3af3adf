// The table of facts: filters above, and of 50,000 rows only those in sight are in the page.

const COLUMNS = ["indicator", "value", "period", "area", "title", "sentence"];
const SPARE_ROWS = 8;
const MOST_NAMES = 300;

class FactTable {
  constructor(section) {
    this.rows = [];
    this.active = 0;
    this.filters = element("div", { class: "filters", role: "search" });
    this.counter = element("output", { class: "counter", id: "shown", "aria-live": "polite" });
    this.head = element("div", { class: "row head", role: "row" });
    this.space = element("div", { class: "space", role: "rowgroup" });
    this.scroller = element("div", {
      class: "scroller", role: "grid", tabindex: "0", id: "rows",
      scroll: () => requestAnimationFrame(() => this.draw()),
      keydown: (event) => this.move(event),
    }, this.head, this.space);
    section.append(this.filters, this.scroller);
    new ResizeObserver(() => this.draw()).observe(this.scroller);
  }

  /** Filter by `state` and draw; the controls are made anew unless one is being typed in. */
  show(state) {
    const key = JSON.stringify([...FILTERS.map((name) => state[name]), state.sort]);
    if (!this.filters.contains(document.activeElement) || this.language !== language) this.#controls(state);
    this.filters.querySelector("#clear").hidden = !FILTERS.some((name) => state[name]);
    if (key !== this.key || this.language !== language) {
      this.rows = filterRows(state);
      if (this.key !== undefined && key !== this.key) this.scroller.scrollTop = 0;
      this.active = 0;
    }
    this.key = key;
    this.language = language;
    this.scroller.setAttribute("aria-rowcount", this.rows.length + 1);
    const numbers = [this.rows.length, store.facts.count].map((count) => count.toLocaleString("en-US"));
    this.counter.textContent = say("shown", ...numbers);
    this.#heads(state);
    this.activate(state.fact);
    this.draw(true);
  }

  /** Make the row of the fact `id` the active one and bring it into sight. */
  activate(id) {
    const at = id ? this.rows.indexOf(store.facts.rowOf.get(id)) : -1;
    if (at < 0) return;
    this.active = at;
    this.#reveal();
  }

  draw(anew = false) {
    const height = this.#rowHeight();
    if (!height || !this.scroller.clientHeight) return;
    const first = Math.max(0, Math.floor(this.scroller.scrollTop / height) - SPARE_ROWS);
    const count = Math.ceil(this.scroller.clientHeight / height) + 2 * SPARE_ROWS;
    const shown = `${first} ${count} ${this.active} ${height}`;
    if (!anew && shown === this.shown) return;
    this.shown = shown;
    this.space.style.height = `${this.rows.length * height}px`;
    const rows = this.rows.slice(first, first + count);
    this.space.replaceChildren(...rows.map((row, at) => this.#row(row, first + at, height)));
    if (!this.rows.length) this.space.replaceChildren(element("p", { class: "empty" }, say(store.facts.count ? "none" : "noFacts")));
  }

  #row(row, at, height) {
    const facts = store.facts;
    const cells = {
      indicator: [kindDot(facts.get("kind", row)), element("span", {}, indicatorText(row))],
      value: [valueText(row)],
      period: [facts.get("period", row)],
      area: [facts.get("area", row)],
      title: [facts.get("title", row)],
      sentence: [sentenceExcerpt(row)],
    };
    const node = element("div", {
      class: at === this.active ? "row active" : "row", role: "row", id: `row-${at}`,
      "aria-rowindex": at + 2, "data-fact": facts.get("fact_id", row),
      click: () => this.#open(at),
    }, ...COLUMNS.map((name) => element("div", { class: `cell c-${name}`, role: "gridcell" }, ...cells[name])));
    node.style.top = `${at * height}px`;
    if (facts.get("status", row) !== "actual") {
      node.querySelector(".c-value").prepend(element("em", { class: "tag" }, say(facts.get("status", row))));
    }
    return node;
  }

  #heads(state) {
    const sortable = ["indicator", "value", "period", "area", "title"];
    this.head.replaceChildren(...COLUMNS.map((name) => {
      const direction = state.sort === name ? " ↑" : state.sort === `-${name}` ? " ↓" : "";
      const next = state.sort === name ? `-${name}` : state.sort === `-${name}` ? "" : name;
      const label = sortable.includes(name)
        ? button(say(name) + direction, () => go({ sort: next, fact: "" }), { class: "plain" })
        : say(name);
      return element("div", { class: `cell c-${name}`, role: "columnheader" }, label);
    }));
  }

  #controls(state) {
    const set = (name) => (value) => go({ [name]: value, fact: "" }, true);
    const typed = (name) => soon(set(name));
    const pick = (name) => select(say(name), choices(name), state[name] ?? "", set(name));
    this.filters.replaceChildren(
      input(say("search"), state.search ?? "", typed("search"), { id: "search", class: "wide" }),
      this.#opener(state),
      input(say("indicatorHint"), state.indicator ?? "", typed("indicator"),
        { id: "by-indicator", list: "indicator-names", placeholder: say("indicator") }),
      nameList("indicator-names"),
      ...["area", "year", "unit", "kind", "status"].map((name) => {
        const control = pick(name);
        control.id = `by-${name}`;
        return control;
      }),
      input(say("sectionHint"), state.section ?? "", typed("section"), { id: "by-section", placeholder: say("section") }),
      ...this.#documentFilter(state),
      element("span", { class: "actions" },
        this.counter,
        button(say("clear"), () => go(noFilters()), { id: "clear", class: "plain" }),
        button(say("download"), () => downloadCsv(this.rows), { id: "download", class: "main" })),
    );
  }

  /** On a phone the filters but the search are folded away behind this. */
  #opener(state) {
    const count = FILTERS.filter((name) => name !== "search" && state[name]).length;
    const open = this.filters.classList.contains("open");
    return button(say("moreFilters") + (count ? ` (${count})` : ""), (event) =>
      event.target.setAttribute("aria-expanded", this.filters.classList.toggle("open")), { id: "more-filters", "aria-expanded": open });
  }

  #documentFilter(state) {
    if (!state.document) return [];
    return [button(`${state.document} ×`, () => go({ document: "" }), { class: "chip", title: say("clear") })];
  }

  /** Keys move through the rows and open one. */
  move(event) {
    const page = Math.max(1, Math.floor(this.scroller.clientHeight / this.#rowHeight()) - 2);
    const steps = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity };
    if (event.key === "Enter" && event.target.matches("button")) return;
    if (event.key === "Enter") this.#open(this.active);
    else if (event.key in steps) {
      event.preventDefault();
      this.active = Math.min(this.rows.length - 1, Math.max(0, this.active + steps[event.key]));
      this.#reveal();
      this.draw(true);
    }
  }

  #open(at) {
    if (!this.rows.length) return;
    this.active = at;
    const fact = store.facts.get("fact_id", this.rows[at]);
    go({ fact }, true); // so that "back" comes to this row
    openFact(this.rows[at]);
  }

  #reveal() {
    const height = this.#rowHeight();
    const top = this.active * height;
    const seen = this.scroller.clientHeight - this.head.offsetHeight - height;
    if (top < this.scroller.scrollTop) this.scroller.scrollTop = top;
    else if (top > this.scroller.scrollTop + seen) this.scroller.scrollTop = top - seen / 2;
    this.scroller.setAttribute("aria-activedescendant", `row-${this.active}`);
  }

  #rowHeight() {
    return parseFloat(getComputedStyle(this.scroller).getPropertyValue("--row"));
  }
}

/** The concepts that the facts have most, for the field of the indicator to offer. */
function nameList(id) {
  const counts = store.facts.counts("indicator_name", Array.from({ length: store.facts.count }, (_, row) => row));
  counts.delete("");
  const names = [...counts].sort((one, other) => other[1] - one[1]).slice(0, MOST_NAMES);
  return element("datalist", { id }, ...names.map(([name]) => element("option", { value: name })));
}

function noFilters() {
  return Object.fromEntries([...FILTERS, "fact"].map((name) => [name, ""]));
}
