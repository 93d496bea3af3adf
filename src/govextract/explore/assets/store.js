// The data of the run: facts by column, reports, and texts that come when they are asked for.

const store = { facts: null, documents: [], problems: [], findings: [], comparisons: [] };
const texts = new Map();
const waiting = new Map();

/** Facts by column; a column is its cells, or its distinct values and a place for each row. */
class Facts {
  constructor({ count, columns }) {
    this.count = count;
    this.columns = columns;
    this.rowOf = new Map();
    for (let row = 0; row < count; row++) this.rowOf.set(this.get("fact_id", row), row);
    this.byDocument = this.#group("document");
    this.byWhole = this.#group("part_of");
  }

  get(name, row) {
    const column = this.columns[name];
    return column.at ? column.values[column.at[row]] : column.cells[row];
  }

  /** The distinct cells of a column with how many rows have each. */
  counts(name, rows) {
    const counts = new Map();
    for (const row of rows) {
      const cell = this.get(name, row);
      counts.set(cell, (counts.get(cell) ?? 0) + 1);
    }
    return counts;
  }

  /** A test of rows from a test of cells; each distinct cell is tested once. */
  test(name, accepts) {
    const column = this.columns[name];
    if (!column.at) return (row) => accepts(column.cells[row]);
    const accepted = column.values.map(accepts);
    return (row) => accepted[column.at[row]];
  }

  #group(name) {
    const groups = new Map();
    for (let row = 0; row < this.count; row++) {
      const key = this.get(name, row);
      if (key === "") continue;
      if (groups.has(key)) groups.get(key).push(row);
      else groups.set(key, [row]);
    }
    return groups;
  }
}

function loadData() {
  const block = document.getElementById("data");
  const data = block ? JSON.parse(block.textContent) : window.govextractData;
  Object.assign(store, data, { facts: new Facts(data.facts) });
  block?.remove();
  delete window.govextractData;
  store.numberOf = new Map(store.documents.map((item, number) => [item.document, number]));
}

/** The text of a report, from this page or from the file beside it. */
function loadText(number) {
  if (texts.has(number)) return Promise.resolve(texts.get(number));
  const block = document.getElementById(`text-${number}`);
  if (block) {
    texts.set(number, prepareText(JSON.parse(block.textContent)));
    return Promise.resolve(texts.get(number));
  }
  return new Promise((resolve, reject) => {
    waiting.set(number, resolve);
    const path = `texts/${number}.js`;
    document.head.append(element("script", { src: path, error: () => reject(path) }));
  });
}

window.govextractText = (number, content) => {
  texts.set(number, prepareText(content));
  waiting.get(number)?.(texts.get(number));
};

/** Adds `unit(offset)`: an offset in code points as one in the units of a JavaScript string. */
function prepareText(content) {
  const wide = content.wide ?? [];
  const unit = (offset) => {
    let low = 0;
    for (let high = wide.length; low < high; ) {
      const middle = (low + high) >> 1;
      if (wide[middle] < offset) low = middle + 1;
      else high = middle;
    }
    return offset + low;
  };
  return { ...content, unit };
}
