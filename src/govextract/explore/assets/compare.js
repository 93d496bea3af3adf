// Chosen indicators across areas and years: one chart and one table for each.

const MOST_LISTED = 200;

class CompareView {
  constructor(section) {
    this.filter = element("div", { class: "filters" });
    this.list = element("div", { class: "choices", role: "group" });
    this.charts = element("div", { class: "charts" });
    section.append(element("aside", { class: "chooser" }, this.filter, this.list), this.charts);
  }

  show(state) {
    if (!this.filter.contains(document.activeElement) || this.language !== language) this.#controls(state);
    this.language = language;
    const chosen = this.chosen(state);
    this.#list(state, chosen);
    const items = store.comparisons.filter((item) => chosen.includes(item.id));
    this.charts.replaceChildren(...(items.length
      ? items.map((item) => this.#figure(item, state.place))
      : [element("p", { class: "empty" }, say(store.comparisons.length ? "chooseIndicator" : "noComparisons"))]));
  }

  /** The ids chosen; at first, the indicators that most areas and years state. */
  chosen(state) {
    if (state.chosen !== undefined) return state.chosen.split("\n").filter(Boolean);
    return store.comparisons.slice(0, 2).map((item) => item.id);
  }

  #controls(state) {
    const areas = [...new Set(store.comparisons.flatMap((item) => item.figures.map(([area]) => area)))];
    areas.sort(collator.compare);
    this.filter.replaceChildren(
      input(say("searchIndicators"), state.which ?? "", soon((which) => go({ which }, true)), { id: "which", class: "wide" }),
      select(say("chooseAreas"), areas.map((area) => [area, area]), state.place ?? "", (place) => go({ place }, true)));
  }

  #list(state, chosen) {
    const words = (state.which ?? "").toLowerCase();
    const fitting = store.comparisons.filter((item) => `${item.name} ${item.name_en}`.toLowerCase().includes(words));
    const boxes = fitting.slice(0, MOST_LISTED).map((item) => this.#choice(item, chosen));
    const top = this.list.scrollTop;
    this.list.replaceChildren(...boxes);
    if (fitting.length > MOST_LISTED) this.list.append(element("p", { class: "hint" }, say("more", fitting.length - MOST_LISTED)));
    this.list.scrollTop = top;
  }

  #choice(item, chosen) {
    const set = (event) => {
      const others = chosen.filter((id) => id !== item.id);
      go({ chosen: (event.target.checked ? [...others, item.id] : others).join("\n") }, true);
    };
    const box = element("input", { type: "checkbox", checked: chosen.includes(item.id), change: set });
    return element("label", {}, box,
      element("span", {}, conceptName(item), element("small", {}, ` ${[kindWord(item.kind), item.unit].filter(Boolean).join(" ")}`)),
      element("small", {}, say("coverage", new Set(item.figures.map(([area]) => area)).size, yearSpan(item.figures))));
  }

  #figure(item, place) {
    const figures = item.figures.filter(([area]) => !place || area === place);
    return element("figure", { "data-indicator": item.id },
      element("figcaption", {}, element("h2", {}, conceptName(item)),
        element("p", {}, [kindWord(item.kind), item.unit, yearSpan(figures)].filter(Boolean).join(" · "))),
      figures.length ? chart(figures, item.unit) : element("p", { class: "empty" }, say("none")),
      element("details", {}, element("summary", {}, say("table")), figureTable(figures, item.unit)));
  }
}

function conceptName(item) {
  return language === 0 && item.name_en ? item.name_en : item.name;
}

function kindWord(kind) {
  return kind === "change" || kind === "ratio" ? say(kind) : "";
}

function yearSpan(figures) {
  const years = figures.map(([, year]) => year);
  const [first, last] = [Math.min(...years), Math.max(...years)];
  return !years.length ? "" : first === last ? String(first) : `${first}–${last}`;
}

function figureTable(figures, unit) {
  const rows = figures.map(([area, year, value, row, others]) =>
    element("tr", {}, element("td", {}, area), element("td", {}, String(year)),
      element("td", { class: "number" }, factLink(row, `${grouped(value)} ${unit}`)),
      element("td", {}, ...others.map((other) => factLink(other, valueText(other)))),
      element("td", {}, store.facts.get("document", row))));
  const heads = ["area", "year", "value", "others", "file"].map((name) => element("th", { class: name === "value" ? "number" : null }, say(name)));
  return element("div", { class: "scroll-x" },
    element("table", { class: "list" }, element("thead", {}, element("tr", {}, ...heads)), element("tbody", {}, ...rows)));
}
