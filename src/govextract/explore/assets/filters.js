// Which facts fit the filters, and in which order.

const EXACT = ["area", "year", "unit", "kind", "status", "document"];
const WITHIN = { indicator: ["indicator", "indicator_name"], section: ["section", "section_title"] };
const SEARCHED = ["indicator", "indicator_name", "text", "sentence", "title", "area"];
const FILTERS = ["search", "indicator", "area", "year", "unit", "kind", "status", "section", "document"];

/** The rows of the facts that fit `state`, in their order. */
function filterRows(state) {
  const facts = store.facts;
  const tests = [];
  for (const name of EXACT) {
    if (state[name]) tests.push(facts.test(name, (cell) => String(cell ?? "") === given(state[name])));
  }
  for (const [name, columns] of Object.entries(WITHIN)) {
    if (state[name]) tests.push(contains(columns, state[name]));
  }
  if (state.search) tests.push(contains(SEARCHED, state.search));
  const rows = [];
  for (let row = 0; row < facts.count; row++) {
    if (tests.every((test) => test(row))) rows.push(row);
  }
  return sortRows(rows, state.sort);
}

/** The cell that a filter asks for; "∅" stands for the empty one, since "" is no filter. */
function given(choice) {
  return choice === "∅" ? "" : choice;
}

function contains(columns, words) {
  const wanted = words.toLowerCase();
  const tests = columns.map((name) =>
    store.facts.test(name, (cell) => String(cell).toLowerCase().includes(wanted)),
  );
  return (row) => tests.some((test) => test(row));
}

const collator = new Intl.Collator("zh");

/** `sort` is a column, with "-" before it for the other direction. */
function sortRows(rows, sort) {
  if (!sort) return rows;
  const name = sort.replace("-", "");
  const sign = sort.startsWith("-") ? -1 : 1;
  const keys = new Map(rows.map((row) => [row, sortKey(name, row)]));
  return rows.sort((one, other) => sign * compareKeys(keys.get(one), keys.get(other)) || one - other);
}

function sortKey(name, row) {
  const cell = store.facts.get(name, row);
  return name === "value" ? (cell == null || cell === "" ? -Infinity : Number(cell)) : String(cell ?? "");
}

function compareKeys(one, other) {
  return typeof one === "number" ? (one > other) - (one < other) : collator.compare(one, other);
}

/** [value, label] pairs for a select, the most frequent first; years the latest first. */
function choices(name) {
  const everything = Array.from({ length: store.facts.count }, (_, row) => row);
  const counts = [...store.facts.counts(name, everything)];
  if (name === "year") counts.sort((one, other) => (other[0] ?? 0) - (one[0] ?? 0));
  else counts.sort((one, other) => other[1] - one[1]);
  return counts.map(([cell, count]) => {
    const text = String(cell ?? "");
    const label = name === "kind" || name === "status" ? say(text) : text;
    return [text || "∅", `${label || say("unknown")} (${count.toLocaleString("en-US")})`];
  });
}
