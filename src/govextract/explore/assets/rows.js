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
  const at = placeInSentence(row);
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

/**
 * Where a mention begins in its sentence. 5件 may stand there twice, or within 25件: what places it
 * is that the other facts of the sentence must stand in it at their places too.
 */
function placeInSentence(row) {
  const get = (name, at) => store.facts.get(name, at);
  const sentence = get("sentence", row);
  const text = get("text", row);
  const places = [];
  for (let at = sentence.indexOf(text); at >= 0; at = sentence.indexOf(text, at + 1)) places.push(at);
  if (places.length < 2) return places[0] ?? -1;
  const points = [...sentence]; // facts count code points
  const others = neighbours(row, sentence, points.length);
  const fits = (at) => {
    const start = get("start", row) - [...sentence.slice(0, at)].length;
    return others.every((other) => {
      const words = [...get("text", other)];
      const from = get("start", other) - start;
      return words.every((sign, place) => points[from + place] === sign);
    });
  };
  return places.find(fits) ?? places[0];
}

/** The rows beside `row` that have its sentence, and stand no further off than it is long. */
function neighbours(row, sentence, length) {
  const facts = store.facts;
  const beside = (other) =>
    other >= 0 && other < facts.count && facts.get("sentence", other) === sentence &&
    facts.get("document", other) === facts.get("document", row) &&
    Math.abs(facts.get("start", other) - facts.get("start", row)) < length;
  const found = [];
  for (const step of [-1, 1]) for (let other = row + step; beside(other); other += step) found.push(other);
  return found;
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
