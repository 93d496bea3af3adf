// The filtered facts as a CSV file, as `govextract run` writes it.

const FORMULA_SIGNS = ["=", "+", "-", "@", "\t", "\r"];

/** Puts an apostrophe before a text that a spreadsheet would run as a formula. */
function defuse(cell) {
  if (!FORMULA_SIGNS.includes(cell[0]) || cell === "=") return cell;
  const number = cell.slice(1).replace(/[%‰]+$/, "").replace(".", "").replaceAll(",", "");
  return "+-".includes(cell[0]) && /^\p{Nd}+$/u.test(number) ? cell : `'${cell}`;
}

function csvCell(cell) {
  const text = typeof cell === "string" ? defuse(cell) : String(cell ?? "");
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function csvText(rows) {
  const names = Object.keys(store.facts.columns);
  const lines = rows.map((row) => names.map((name) => csvCell(store.facts.get(name, row))).join(","));
  return `\ufeff${[names.join(","), ...lines].join("\n")}\n`;
}

function downloadCsv(rows) {
  const file = new Blob([csvText(rows)], { type: "text/csv;charset=utf-8" });
  const link = element("a", { href: URL.createObjectURL(file), download: "facts.csv" });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
