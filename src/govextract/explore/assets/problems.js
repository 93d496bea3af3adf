// What could not be read, and what does not agree.

const MOST_PROBLEMS = 500;

class ProblemsView {
  constructor(section) {
    this.section = section;
  }

  show(state) {
    const here = (item) => !state.file || item.document === state.file;
    const problems = store.problems.filter(here);
    const findings = store.findings.filter(here);
    const counts = new Map();
    for (const { code } of problems) counts.set(code, (counts.get(code) ?? 0) + 1);
    const codes = [...counts].sort((one, other) => other[1] - one[1]);
    const shown = problems.filter((problem) => !state.code || problem.code === state.code);
    this.section.replaceChildren(
      ...(state.file ? [button(`${state.file} ×`, () => go({ file: "" }), { class: "chip", title: say("clear") })] : []),
      element("h2", {}, say("findings")),
      findings.length ? findingTable(findings) : element("p", { class: "hint" }, say("noFindings")),
      element("h2", {}, say("problems")),
      element("div", { class: "filters" },
        select(say("code"), codes.map(([code, count]) => [code, `${code} (${count})`]), state.code ?? "", (code) => go({ code }, true))),
      shown.length ? problemTable(shown) : element("p", { class: "hint" }, say("noProblems")));
  }
}

function listTable(heads, rows) {
  return element("div", { class: "scroll-x" }, element("table", { class: "list" },
    element("thead", {}, element("tr", {}, ...heads.map((name) => element("th", {}, say(name))))),
    element("tbody", {}, ...rows)));
}

function problemTable(problems) {
  const rows = problems.slice(0, MOST_PROBLEMS).map((problem) =>
    element("tr", {}, element("td", {}, element("code", {}, problem.code)),
      element("td", {}, documentLink(problem.document, problem.document)),
      element("td", {}, placeLink(problem)), element("td", {}, problemMessage(problem)), element("td", {}, problemRemedy(problem))));
  const table = listTable(["code", "file", "place", "message", "remedy"], rows);
  if (problems.length > MOST_PROBLEMS) table.append(element("p", { class: "hint" }, say("more", problems.length - MOST_PROBLEMS)));
  return table;
}

function findingTable(findings) {
  const rows = findings.slice(0, MOST_PROBLEMS).map((finding) => {
    const facts = finding.facts.split(";").map((id) => store.facts.rowOf.get(id)).filter((row) => row !== undefined);
    return element("tr", {}, element("td", {}, element("code", {}, finding.check)),
      element("td", {}, documentLink(finding.document, finding.document)),
      element("td", {}, findingWords(finding.message), element("ul", {}, ...facts.map((row) => element("li", {}, factLink(row))))),
      element("td", {}, finding.arithmetic), element("td", {}, findingWords(finding.cause)));
  });
  return listTable(["code", "file", "message", "arithmetic", "cause"], rows);
}

/** The place of a problem; an offset leads to its paragraph. */
function placeLink({ document: name, place }) {
  const at = /^offset (\d+)$/.exec(place)?.[1];
  const number = store.numberOf.get(name);
  if (!at || number === undefined) return place;
  return button(say("offset", at), () => go({ view: "report", report: String(number), fact: "", at }), { class: "link place" });
}

function documentLink(name, label) {
  const number = store.numberOf.get(name);
  if (number === undefined) return label;
  return button(label, () => go({ view: "report", report: String(number), fact: "" }), { class: "link" });
}
