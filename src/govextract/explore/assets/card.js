// The card of a fact: all that is known of it, with links to what it hangs together with.

function factCard(row) {
  const facts = store.facts;
  const get = (name) => facts.get(name, row);
  return element(
    "article",
    { class: `card k-${get("kind")}`, id: "card", "data-fact": get("fact_id") },
    element("p", { class: "card-kind" }, kindDot(get("kind")), say(get("kind")), statusTag(get("status"))),
    element("h2", {}, indicatorText(row)),
    element("p", { class: "card-value" }, valueText(row)),
    definitions([
      ["asWritten", get("text")],
      ["baseValue", baseValue(row)],
      ["period", withSource(get("period"), get("period_source"))],
      ["area", withSource(get("area"), get("area_source"))],
      ["basis", get("basis") && say(get("basis"))],
      ["concept", [get("indicator_name"), get("indicator_id")].filter(Boolean).join(" · ")],
      ["partOf", linked(get("part_of"))],
      ["parts", linkedAll(facts.byWhole.get(get("fact_id")) ?? [])],
      ["sameAs", linked(get("same_as"))],
      ["findings", findingList(get("fact_id"))],
      ["section", [get("section"), get("section_title")].filter(Boolean).join(" ")],
      ["origin", originText(row)],
      ["sentence", element("q", {}, get("sentence"))],
      ["rules", ruleList(get("rules"))],
      ["checks", ruleList(get("checks"))],
      ["confidence", confidenceBar(get("confidence"))],
    ]),
    button(say("inTable"), () => showInTable(row), { id: "in-table" }),
  );
}

function definitions(pairs) {
  const shown = pairs.filter(([, content]) => content);
  return element("dl", {}, ...shown.flatMap(([name, content]) => [
    element("dt", {}, say(name)),
    element("dd", {}, content),
  ]));
}

function baseValue(row) {
  const highest = store.facts.get("value_max", row);
  const value = grouped(store.facts.get("value", row));
  return value + (highest ? `–${grouped(highest)}` : "") + " " + store.facts.get("unit", row);
}

function withSource(text, source) {
  if (!text) return "";
  return element("span", {}, text, source ? element("small", {}, ` ${say(source)}`) : null);
}

function statusTag(status) {
  return status === "actual" ? null : element("em", { class: "tag" }, say(status));
}

function originText(row) {
  const page = store.facts.get("page", row);
  const origin = store.facts.get("origin", row);
  const place = `${store.facts.get("start", row)}–${store.facts.get("end", row)}`;
  return [origin === "text" ? "" : origin, page ? say("page", page) : "", place].filter(Boolean).join(" · ");
}

function linked(id) {
  const row = store.facts.rowOf.get(id);
  return row === undefined ? id : factLink(row);
}

const MOST_LINKS = 12;

function linkedAll(rows) {
  if (!rows.length) return null;
  const items = rows.slice(0, MOST_LINKS).map((row) => element("li", {}, factLink(row)));
  if (rows.length > MOST_LINKS) items.push(element("li", {}, say("more", rows.length - MOST_LINKS)));
  return element("ul", {}, ...items);
}

function findingList(id) {
  const found = store.findings.filter((finding) => finding.facts.split(";").includes(id));
  if (!found.length) return null;
  return element("ul", { class: "finding" }, ...found.map((finding) =>
    element("li", {}, findingWords(finding.message), element("small", {}, ` ${finding.arithmetic}`))));
}

function ruleList(rules) {
  if (!rules) return null;
  return element("span", { class: "rules" }, ...rules.split(";").map((rule) => element("code", {}, rule)));
}

function confidenceBar(confidence) {
  if (confidence === "" || confidence == null) return null;
  const bar = element("meter", { min: "0", max: "1", value: confidence });
  return element("span", {}, bar, ` ${Math.round(Number(confidence) * 100)}%`);
}

function showInTable(row) {
  const fact = store.facts.get("fact_id", row);
  const fits = filterRows(state).includes(row);
  go({ ...(fits ? {} : noFilters()), view: "facts", fact });
}
