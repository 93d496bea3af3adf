// One report: its section tree, its text with the figures marked, and the card of one of them.

class ReportView {
  constructor(section) {
    this.section = section;
    this.hidden = new Set();
  }

  async show(state) {
    const number = Number(state.report);
    const report = store.documents[number];
    if (!report) return go({ view: "reports" }, true);
    if (this.number !== number || this.language !== language) await this.#build(number, report);
    this.#select(state.fact);
    if (state.at && !state.fact) this.#toOffset(Number(state.at));
  }

  async #build(number, report) {
    this.number = number;
    this.language = language;
    this.rows = [...(store.facts.byDocument.get(report.document) ?? [])];
    this.rows.sort((one, other) => store.facts.get("start", one) - store.facts.get("start", other));
    this.selected = undefined;
    this.article = undefined;
    this.body = element("div", { class: "reading", click: (event) => this.#click(event), tabindex: "0" }, say("loading"));
    this.tree = element("nav", { class: "tree", "aria-label": say("sections") });
    this.aside = element("aside", { class: "aside", "aria-live": "polite" });
    this.section.replaceChildren(this.#head(number, report), this.tree, this.body, this.aside);
    const content = await loadText(number).catch((path) => ({ failed: path }));
    if (this.number !== number) return; // another report was opened meanwhile
    this.#fill(content, report);
  }

  #fill(content, report) {
    if (content.text === undefined) {
      const why = content.failed ? say("notLoaded", content.failed) : say(content.reason);
      this.body.replaceChildren(element("p", { class: "notice" }, why), this.#sentences());
    } else {
      this.content = content;
      this.article = reportText(content, this.rows);
      this.body.replaceChildren(this.article);
    }
    this.#fillTree(content.sections);
    this.aside.replaceChildren(this.#about(report));
  }

  #head(number, report) {
    const steps = [["previous", -1, "↑"], ["next", 1, "↓"]].map(([name, step, sign]) =>
      button(sign, () => this.step(step), { title: say(name), "aria-label": say(name), class: "square" }));
    return element("header", { class: "report-head" },
      button(`← ${say("back")}`, goBack, { class: "plain", id: "back" }),
      element("h1", {}, report.title || report.document),
      element("p", {}, [report.area, report.year, report.genre && say(report.genre), report.issuer].filter(Boolean).join(" · ")),
      element("div", { class: "steps" }, ...steps,
        button(say("reportFacts"), () => go({ ...noFilters(), view: "facts", document: report.document }))),
      this.#legend());
  }

  /** The section tree; nothing where the text is not there, since no section can be gone to. */
  #fillTree(sections) {
    if (!sections) return this.tree.replaceChildren();
    const items = sections.map(([level, printed, title], at) =>
      element("li", { class: `h${Math.min(level, 4)}` },
        button(`${printed} ${title}`, () => this.#toSection(at), { class: "link", "data-section": at })));
    this.tree.replaceChildren(
      element("details", { open: matchMedia("(min-width: 900px)").matches },
        element("summary", {}, say("sections")),
        items.length ? element("ol", {}, ...items) : element("p", {}, say("noSections"))));
  }

  #legend() {
    const counts = [...store.facts.counts("kind", this.rows)].sort((one, other) => other[1] - one[1]);
    return element("div", { class: "legend", role: "group", "aria-label": say("legend") },
      ...counts.map(([kind, count]) => {
        const box = element("input", { type: "checkbox", checked: true,
          change: (event) => this.body.classList.toggle(`hide-${kind}`, !event.target.checked) });
        return element("label", {}, box, kindDot(kind), say(kind), element("small", {}, String(count)));
      }));
  }

  #about(report) {
    const facts = ["area", "year", "issuer", "published", "characters"].map((name) => [name, String(report[name] ?? "")]);
    return element("article", { class: "card about" },
      element("p", { class: "hint" }, say("pickFact")),
      definitions([...facts, ["genre", report.genre && say(report.genre)], ["file", report.document],
        ["facts", this.rows.length.toLocaleString("en-US")]]));
  }

  #sentences() {
    return element("ul", { class: "sentences" }, ...this.rows.map((row) =>
      element("li", {}, factLink(row), element("q", {}, store.facts.get("sentence", row)))));
  }

  #toSection(at) {
    this.article?.querySelector(`#section-${at}`)?.scrollIntoView({ block: "start" });
  }

  #toOffset(offset) {
    const blocks = [...(this.article?.querySelectorAll("[data-start]") ?? [])];
    const block = blocks.findLast((node) => Number(node.dataset.start) <= this.content.unit(offset));
    this.article?.querySelector(".at")?.classList.remove("at");
    block?.classList.add("at");
    block?.scrollIntoView({ block: "center" });
  }

  #click(event) {
    const row = event.target.closest?.("mark")?.dataset.row;
    if (row !== undefined) go({ fact: store.facts.get("fact_id", Number(row)) }, true);
  }

  /** Select the figure `step` places further in the text. */
  step(step) {
    const at = this.rows.indexOf(this.selected);
    const next = this.rows[at < 0 ? (step > 0 ? 0 : this.rows.length - 1) : at + step];
    if (next !== undefined) go({ fact: store.facts.get("fact_id", next) }, true);
  }

  #select(id) {
    const row = store.facts.rowOf.get(id);
    if (row === this.selected) return;
    this.selected = row;
    this.section.classList.toggle("has-card", row !== undefined);
    this.body.querySelector("mark.selected")?.classList.remove("selected");
    if (row === undefined) {
      this.aside.replaceChildren(this.#about(store.documents[this.number]));
      return;
    }
    this.aside.replaceChildren(
      button("×", () => go({ fact: "" }, true), { class: "square close-card", "aria-label": say("close") }),
      factCard(row));
    this.aside.scrollTop = 0;
    const mark = this.body.querySelector(`#fact-${CSS.escape(id)}`);
    if (!mark) return;
    mark.classList.add("selected");
    mark.scrollIntoView({ block: "center" });
    highlightSentence(this.article, row);
  }
}
