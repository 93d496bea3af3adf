// The text of a report as elements: paragraphs, headings and tables, with its figures marked.

/** The text with `rows` (facts of this report, by start) marked in place. */
function reportText(content, rows) {
  const marks = placeMarks(content, rows);
  const article = element("article", { class: "text", id: "text", lang: "zh" });
  const headings = new Map(content.sections.map((section, at) => [content.unit(section[4]), at]));
  const starts = [...headings.keys()].sort((one, other) => one - other);
  const grids = placeGrids(content);
  let rough; // the table that lines divided by bars are added to
  for (const { start, end, region } of pieces(content, grids)) {
    const grid = grids.find((item) => item.start <= start && start < item.end);
    const line = content.text.slice(start, end);
    const lined = !grid && region?.[0] === "table" && line.includes("|");
    if (rough?.region !== region || !lined) rough = undefined;
    if (grid && !grid.shown) {
      grid.shown = true;
      article.append(element("div", { class: "scroll-x" }, gridTable(grid, content.text, marks)));
    } else if (lined) {
      rough ??= { region, table: article.appendChild(element("div", { class: "scroll-x" }, element("table"))).firstChild };
      rough.table.append(tableRow(line, start, marks));
    } else if (!grid) {
      const node = paragraph(start, end, content.text, marks, region?.[0]);
      const heading = starts.find((at) => at >= start && at < end);
      if (heading !== undefined) markHeading(node, content.sections[headings.get(heading)], headings.get(heading), line);
      article.append(node);
    }
  }
  return article;
}

/** The lines of the text, cut where a region or a table begins or ends; blank ones are left out. */
function* pieces(content, grids) {
  const { text, unit } = content;
  const regions = content.regions.map(([kind, start, end]) => [kind, unit(start), unit(end)]);
  const edges = [...regions.flatMap(([, start, end]) => [start, end]), ...grids.flatMap(({ start, end }) => [start, end])];
  edges.sort((one, other) => one - other);
  let offset = 0;
  for (const line of text.split("\n")) {
    const stop = offset + line.length;
    let start = offset;
    for (const end of [...edges.slice(firstAbove(edges, start), firstAbove(edges, stop - 1)), stop]) {
      if (text.slice(start, end).trim()) {
        yield { start, end, region: regions.find(([, from, to]) => from <= start && start < to) };
      }
      start = end;
    }
    offset = stop + 1;
  }
}

function firstAbove(sorted, limit) {
  let low = 0;
  for (let high = sorted.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (sorted[middle] <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The tables whose cells are known, in the units of JavaScript strings. */
function placeGrids({ grids = [], unit }) {
  return grids.map(([start, end, cells]) => ({
    start: unit(start),
    end: unit(end),
    cells: cells.map(([row, column, rowspan, colspan, from, to, header]) =>
      ({ row, column, rowspan, colspan, start: unit(from), end: unit(to), header })),
  }));
}

/** A table with its merged cells; where a row has no cell, an empty one stands. */
function gridTable({ cells }, text, marks) {
  const table = element("table");
  const taken = new Set();
  const lastRow = Math.max(...cells.map(({ row }) => row));
  for (let row = 1, next = 0; row <= lastRow; row++) {
    const node = element("tr", cells[next]?.row === row ? { "data-start": cells[next].start } : {});
    let column = 1;
    for (; cells[next]?.row === row; next++) {
      const cell = cells[next];
      for (; column < cell.column; column++) if (!taken.has(`${row} ${column}`)) node.append(element("td"));
      const rowspan = Math.min(cell.rowspan, lastRow - row + 1);
      const box = element(cell.header ? "th" : "td", { rowspan: rowspan > 1 ? rowspan : null, colspan: cell.colspan > 1 ? cell.colspan : null });
      appendMarked(box, text, cell.start, cell.end, marks);
      node.append(box);
      column += cell.colspan;
      for (let below = row + 1; below < row + rowspan; below++) {
        for (let at = cell.column; at < column; at++) taken.add(`${below} ${at}`);
      }
    }
    table.append(node);
  }
  return table;
}

/** The marks in the units of JavaScript strings, in order; of two that overlap, the first. */
function placeMarks(content, rows) {
  const marks = rows.map((row) => ({
    row,
    start: content.unit(store.facts.get("start", row)),
    end: content.unit(store.facts.get("end", row)),
  }));
  marks.sort((one, other) => one.start - other.start || other.end - one.end);
  let last = 0;
  return marks.filter((mark) => {
    const free = mark.start >= last && mark.end > mark.start;
    if (free) last = mark.end;
    return free;
  });
}

function paragraph(start, end, text, marks, region) {
  const node = element("p", { class: region ? `region ${region}` : "", "data-start": start });
  appendMarked(node, text, start, end, marks);
  return node;
}

function markHeading(node, section, number, line) {
  const [level, printed, title] = section;
  node.id = `section-${number}`;
  if (line.trim().length <= printed.length + title.length + 4) node.classList.add("heading", `h${Math.min(level, 4)}`);
}

function tableRow(line, offset, marks) {
  const row = element("tr", { "data-start": offset });
  let at = offset;
  for (const cell of line.split("|")) {
    const node = element("td");
    appendMarked(node, line, at, at + cell.length, marks, offset);
    row.append(node);
    at += cell.length + 1;
  }
  return row;
}

/**
 * Append the characters from `start` to `end`, marks among them; `text` begins at `origin`. Of a
 * mark that runs over a line end, each line has its part.
 */
function appendMarked(node, text, start, end, marks, origin = 0) {
  const piece = (from, to) => text.slice(from - origin, to - origin);
  let at = start;
  let next = firstMark(marks, start);
  if (next && marks[next - 1].end > start) next--;
  for (; next < marks.length && marks[next].start < end; next++) {
    const mark = marks[next];
    const [from, to] = [Math.max(mark.start, start), Math.min(mark.end, end)];
    node.append(piece(at, from), markNode(mark.row, piece(from, to), from === mark.start));
    at = to;
  }
  node.append(piece(at, end));
}

function firstMark(marks, start) {
  let low = 0;
  for (let high = marks.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (marks[middle].start < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

function markNode(row, text, first) {
  const facts = store.facts;
  return element("mark", {
    class: `k-${facts.get("kind", row)} s-${facts.get("status", row)}`,
    id: first ? `fact-${facts.get("fact_id", row)}` : null, role: "button", tabindex: "-1",
    title: `${indicatorText(row)} ${valueText(row)} ${facts.get("period", row)}`,
    "data-row": row,
  }, text);
}

/** Light up the sentence of a fact, without changing the elements. */
function highlightSentence(article, row) {
  if (!window.Highlight) return;
  CSS.highlights.delete("sentence");
  const mark = article.querySelector(`#fact-${CSS.escape(store.facts.get("fact_id", row))}`);
  const block = mark?.closest("p, tr");
  const sentence = store.facts.get("sentence", row);
  if (!block) return;
  const before = document.createRange();
  before.setStart(block, 0);
  before.setEndBefore(mark);
  const at = before.toString().length;
  const from = block.textContent.lastIndexOf(sentence, at);
  if (from >= 0 && from + sentence.length > at) {
    CSS.highlights.set("sentence", new Highlight(rangeWithin(block, from, from + sentence.length)));
  }
}

function rangeWithin(block, from, to) {
  const range = document.createRange();
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  let at = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const end = at + node.length;
    if (from >= at && from <= end) range.setStart(node, from - at);
    if (to >= at && to <= end) {
      range.setEnd(node, to - at);
      break;
    }
    at = end;
  }
  return range;
}
