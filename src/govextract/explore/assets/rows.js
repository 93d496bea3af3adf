// What is said of a fact in a few words: used by the table, the card and the lists.

/** The value with its unit, readable: >855.8万元, 3–5%. */
function valueText(row) {
  const facts = store.facts;
  const value = readable(facts.get("value", row));
  const highest = facts.get("value_max", row);
  const comparator = facts.get("comparator", row);
  const sign = comparator === "=" ? "" : { ">=": "≥", "<=": "≤" }[comparator] ?? comparator;
  const change = facts.get("kind", row) === "change" && Number(facts.get("value", row)) > 0 ? "+" : "";
  const range = highest == null || highest === "" ? "" : `–${readable(highest)}`;
  return sign + change + value + range + facts.get("unit", row);
}

function indicatorText(row) {
  return store.facts.get("indicator", row) || store.facts.get("text", row);
}

function kindDot(kind) {
  return element("i", { class: `dot k-${kind}`, title: say(kind) });
}

/** The sentence with the mention set off, cut to what is near it. */
function sentenceExcerpt(row, around = 28) {
  const sentence = store.facts.get("sentence", row).replaceAll("\n", " ");
  const text = store.facts.get("text", row);
  const at = sentence.indexOf(text);
  if (at < 0) return element("span", {}, sentence.slice(0, 3 * around));
  const from = Math.max(0, at - around);
  return element(
    "span",
    {},
    (from ? "…" : "") + sentence.slice(from, at),
    element("b", {}, text),
    sentence.slice(at + text.length, at + text.length + 2 * around),
  );
}

/** A link that opens a fact in its report. */
function factLink(row, label) {
  return button(label ?? `${indicatorText(row)} ${valueText(row)}`, () => openFact(row), {
    class: "link",
  });
}

function openFact(row) {
  const number = store.numberOf.get(store.facts.get("document", row));
  go({ view: "report", report: String(number), fact: store.facts.get("fact_id", row) });
}
