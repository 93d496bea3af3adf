// All reports by area and year.

class ReportsView {
  constructor(section) {
    this.filter = element("div", { class: "filters", role: "search" });
    this.list = element("div", { class: "report-list" });
    section.append(this.filter, this.list);
  }

  show(state) {
    if (!this.filter.contains(document.activeElement) || this.language !== language) this.#controls(state);
    this.language = language;
    const words = (state.words ?? "").toLowerCase();
    const shown = store.documents
      .map((report, number) => ({ report, number }))
      .filter(({ report }) => !words || reportWords(report).includes(words))
      .filter(({ report }) => !state.of || String(report.year ?? "∅") === state.of)
      .sort(byAreaAndYear);
    this.counter.textContent = say("shownReports", shown.length, store.documents.length);
    this.list.replaceChildren(shown.length ? reportTable(shown) : element("p", { class: "empty" }, say("none")));
  }

  #controls(state) {
    const years = [...new Set(store.documents.map((report) => report.year))].sort((one, other) => other - one);
    this.counter = element("output", { class: "counter" });
    this.filter.replaceChildren(
      input(say("searchReports"), state.words ?? "", soon((words) => go({ words }, true)), { class: "wide" }),
      select(say("year"), years.map((year) => [String(year ?? "∅"), String(year ?? say("unknown"))]), state.of ?? "",
        (of) => go({ of }, true)),
      element("span", { class: "stretch" }),
      this.counter);
  }
}

function reportWords(report) {
  return [report.title, report.document, report.area, report.issuer, report.year].join(" ").toLowerCase();
}

function byAreaAndYear(one, other) {
  return (
    (one.report.area_code || "9").localeCompare(other.report.area_code || "9") ||
    (other.report.year ?? 0) - (one.report.year ?? 0) ||
    one.number - other.number
  );
}

function reportTable(shown) {
  const most = Math.max(1, ...shown.map(({ report }) => report.facts));
  let area;
  const rows = shown.map(({ report, number }) => {
    const first = report.area !== area;
    area = report.area;
    return reportRow(report, number, first, most);
  });
  const heads = ["area", "year", "title", "genre", "facts", "problems"];
  return element("table", { class: "list" },
    element("thead", {}, element("tr", {}, ...heads.map((name) => element("th", { class: `c-${name}` }, say(name))))),
    element("tbody", {}, ...rows));
}

function reportRow(report, number, first, most) {
  const bar = element("span", { class: "bar-cell" });
  bar.style.setProperty("--share", report.facts / most);
  bar.append(report.facts.toLocaleString("en-US"));
  const problems = problemCounts().get(report.document) ?? 0;
  return element("tr", { class: first ? "first" : "", "data-report": number },
    element("td", { class: "c-area" }, report.area || say("unknown"), ...provinceNote(report)),
    element("td", { class: "c-year" }, String(report.year ?? "")),
    element("td", { class: "c-title" },
      button(report.title || report.document, () => go({ view: "report", report: String(number), fact: "" }), { class: "link" })),
    element("td", { class: "c-genre" }, report.genre ? say(report.genre) : ""),
    element("td", { class: "c-facts" }, bar),
    element("td", { class: "c-problems" }, problems ? problemsLink(report, problems) : ""));
}

function problemsLink({ document: file }, count) {
  return button(String(count), () => go({ view: "problems", file, code: "" }), { class: "link", title: say("problems") });
}

/** The province of a report's place, where it is another place. */
function provinceNote(report) {
  const name = provinceNames().get(report.area_code.slice(0, 2));
  return name && name !== report.area ? [element("small", {}, name)] : [];
}

/** Names of provinces by the first two digits of their areas' codes, as the facts have them. */
function provinceNames() {
  if (!store.provinceNames) {
    store.provinceNames = new Map();
    for (let row = 0; row < store.facts.count; row++) {
      const name = store.facts.get("province", row);
      if (name) store.provinceNames.set(store.facts.get("area_code", row).slice(0, 2), name);
    }
  }
  return store.provinceNames;
}

function problemCounts() {
  store.problemCounts ??= store.problems.reduce(
    (counts, problem) => counts.set(problem.document, (counts.get(problem.document) ?? 0) + 1), new Map());
  return store.problemCounts;
}
