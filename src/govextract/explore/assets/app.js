// The state of the page stands in its address, so that back and forward work and a view can be kept.

const VIEWS = ["reports", "facts", "compare", "problems"];
let state = {};
let views = {};

function readState() {
  const fields = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
  return { view: "reports", ...fields };
}

/** Change the state and show it; `quiet` changes leave no step behind for "back". */
function go(changes, quiet = false) {
  const left = "view" in changes ? { at: "" } : {}; // a place holds for one visit to a report
  const fields = { ...readState(), ...left, ...changes };
  const kept = Object.entries(fields).filter(([name, value]) => value !== "" || name === "chosen");
  const address = `#${new URLSearchParams(kept)}`;
  if (address === location.hash) return;
  if (quiet) history.replaceState(history.state, "", address);
  else history.pushState({ own: true }, "", address);
  show();
}

function goBack() {
  if (history.state?.own) history.back();
  else go({ view: "reports", fact: "" });
}

function show() {
  state = readState();
  if (state.language) chooseLanguage(state.language);
  for (const name of [...VIEWS, "report"]) document.getElementById(name).hidden = state.view !== name;
  document.body.dataset.view = state.view;
  showBar();
  views[state.view]?.show(state);
}

function showBar() {
  const areas = new Set(store.documents.map((report) => report.area).filter(Boolean)).size;
  const years = store.documents.map((report) => report.year).filter(Boolean);
  const span = years.length ? yearSpan(years.map((year) => [null, year])) : "";
  const numbers = [store.documents.length, store.facts.count, areas].map((count) => count.toLocaleString("en-US"));
  document.getElementById("summary").textContent = say("summary", ...numbers, span);
  document.getElementById("language").textContent = say("language");
  document.getElementById("help-button").title = say("help");
  const current = state.view === "report" ? "reports" : state.view;
  document.getElementById("tabs").replaceChildren(...VIEWS.map((name) =>
    button(say(name), () => go({ view: name, fact: "" }), { id: `tab-${name}`, "aria-current": name === current ? "page" : null })));
}

const HELP = [["1 2 3 4", "helpViews"], ["/", "helpSearch"], ["↑ ↓ j k", "helpRows"], ["Enter", "helpOpen"],
  ["n p", "helpFacts"], ["Esc", "helpBack"], ["?", "helpHelp"]];

function showHelp() {
  const dialog = document.getElementById("help");
  dialog.replaceChildren(element("h2", {}, say("help")),
    element("dl", {}, ...HELP.flatMap(([keys, words]) => [element("dt", {}, element("kbd", {}, keys)), element("dd", {}, say(words))])),
    button(say("close"), () => dialog.close()));
  dialog.showModal();
}

function onKey(event) {
  const typing = event.target.matches("input, select, textarea");
  if (event.ctrlKey || event.metaKey || event.altKey || document.getElementById("help").open) return;
  if (event.key === "Escape") return typing ? event.target.blur() : state.view === "report" ? goBack() : undefined;
  if (typing) return;
  const search = document.querySelector(`#${state.view} input[type=search]`);
  if (event.key === "/" && search) {
    event.preventDefault();
    search.focus();
  } else if (event.key === "?") showHelp();
  else if (VIEWS[Number(event.key) - 1]) go({ view: VIEWS[Number(event.key) - 1], fact: "" });
  else if (state.view === "report" && "np".includes(event.key)) views.report.step(event.key === "n" ? 1 : -1);
  else if (state.view === "facts") moveInFacts(event);
  else if ("jk".includes(event.key)) moveAmongLinks(event.key === "j" ? 1 : -1);
}

/** Keys that are pressed where nothing has the focus are for the rows. */
function moveInFacts(event) {
  const scroller = views.facts.scroller;
  if (scroller.contains(event.target) || !["j", "k", "ArrowDown", "ArrowUp", "Enter"].includes(event.key)) return;
  if (event.key === "Enter" && event.target !== document.body) return;
  scroller.focus();
  views.facts.move(event);
}

/** In a list without a grid, j and k go from one link to the next. */
function moveAmongLinks(step) {
  const links = [...document.querySelectorAll(`#${state.view} .link`)].filter((node) => node.getClientRects().length);
  links[links.indexOf(document.activeElement) + step]?.focus();
}

function start() {
  loadData();
  chooseLanguage(readState().language ?? firstLanguage());
  const section = (name) => document.getElementById(name);
  views = {
    reports: new ReportsView(section("reports")),
    report: new ReportView(section("report")),
    facts: new FactTable(section("facts")),
    compare: new CompareView(section("compare")),
    problems: new ProblemsView(section("problems")),
  };
  section("language").addEventListener("click", () => go({ language: language === 1 ? "en" : "zh" }, true));
  section("help-button").addEventListener("click", showHelp);
  window.addEventListener("popstate", show);
  window.addEventListener("hashchange", show);
  document.addEventListener("keydown", onKey);
  show();
  document.documentElement.dataset.ready = "true";
}

start();
