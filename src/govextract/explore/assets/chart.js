// Charts of one indicator: lines where most areas have several years, else the latest of each as
// ranked bars. Plain SVG.

const MOST_BARS = 24;
const MOST_LINES = 8;
const LINE_COLOURS = ["#1d4f7c", "#b4472b", "#3f7d5a", "#a8740b", "#6b4fa0", "#4c7f8c", "#8a3b6b", "#5d6b2f"];

/** A chart of `figures` ([area, year, value, row]); the value is given with each bar or point. */
function chart(figures, unit) {
  const years = [...new Set(figures.map(([, year]) => year))].sort((one, other) => one - other);
  const areas = new Map();
  for (const figure of figures) {
    if (!areas.has(figure[0])) areas.set(figure[0], []);
    areas.get(figure[0]).push(figure);
  }
  const series = [...areas.values()].filter((list) => list.length > 1);
  if (2 * series.length >= areas.size) return lines(areas, years, unit);
  return bars([...areas.values()].map((list) => list.at(-1)), unit);
}

function bars(figures, unit) {
  const all = [...figures].sort((one, other) => other[2] - one[2]);
  const shown = all.slice(0, MOST_BARS);
  const [width, left, right, step] = [chartWidth(), 124, 96, 24];
  const low = Math.min(0, ...shown.map(([, , value]) => Number(value)));
  const high = Math.max(0, ...shown.map(([, , value]) => Number(value)));
  const x = (value) => left + ((value - low) / (high - low || 1)) * (width - left - right);
  const drawing = picture(width, shown.length * step + 8);
  const differentYears = new Set(figures.map(([, year]) => year)).size > 1;
  shown.forEach(([area, year, value, row], at) => {
    const y = at * step + 4;
    const [from, to] = [x(Math.min(0, value)), x(Math.max(0, value))];
    drawing.append(
      svg("g", { class: "figure", tabindex: "0", role: "button", ...opens(row) },
        svg("text", { x: left - 8, y: y + 15, "text-anchor": "end" }, differentYears ? `${short(area, 6)} ${year}` : short(area)),
        svg("rect", { x: from, y: y + 3, width: Math.max(1, to - from), height: step - 8, class: "bar-mark" }),
        svg("text", { x: to + 6, y: y + 15, class: "number" }, readable(value) + unit),
        svg("title", {}, `${area} ${year}: ${grouped(value)} ${unit}`)));
  });
  drawing.append(svg("line", { x1: x(0), x2: x(0), y1: 0, y2: shown.length * step + 8, class: "axis" }));
  return withNote(drawing, shown.length, all.length);
}

function lines(areas, years, unit) {
  const ranked = [...areas].sort((one, other) => highestOf(other[1]) - highestOf(one[1]));
  const shown = ranked.slice(0, MOST_LINES);
  const [width, height, left, right, top, bottom] = [chartWidth(), 280, 64, 110, 14, 26];
  const values = shown.flatMap(([, list]) => list.map(([, , value]) => Number(value)));
  const ticks = niceTicks(Math.min(0, ...values), Math.max(0, ...values));
  const [low, high] = [ticks[0], ticks.at(-1)];
  const span = years.at(-1) - years[0] || 1;
  const x = (year) => left + ((year - years[0]) / span) * (width - left - right);
  const y = (value) => height - bottom - ((value - low) / (high - low || 1)) * (height - top - bottom);
  const drawing = picture(width, height);
  for (const tick of ticks) {
    drawing.append(
      svg("line", { x1: left, x2: width - right, y1: y(tick), y2: y(tick), class: tick === 0 ? "axis" : "grid" }),
      svg("text", { x: left - 8, y: y(tick) + 4, "text-anchor": "end", class: "tick" }, readable(tick)));
  }
  for (const year of thinned(years, 8)) {
    drawing.append(svg("text", { x: x(year), y: height - 6, "text-anchor": "middle", class: "tick" }, String(year)));
  }
  const labels = spread(shown.map(([, list]) => y(list.at(-1)[2])), 15, top, height - bottom);
  shown.forEach(([area, list], at) => drawing.append(...line(area, list, LINE_COLOURS[at], x, y, unit, labels[at])));
  return withNote(drawing, shown.length, areas.size);
}

function line(area, list, colour, x, y, unit, labelY) {
  const points = list.map(([, year, value]) => `${x(year)},${y(value)}`).join(" ");
  const last = list.at(-1);
  return [
    svg("polyline", { points, stroke: colour, class: "line" }),
    ...list.map(([, year, value, row]) =>
      svg("circle", { cx: x(year), cy: y(value), r: 4, fill: colour, class: "figure", tabindex: "0", role: "button", ...opens(row) },
        svg("title", {}, `${area} ${year}: ${grouped(value)} ${unit}`))),
    svg("text", { x: x(last[1]) + 9, y: labelY + 4, fill: colour }, short(area)),
  ];
}

/** A drawing is scaled to its frame; a phone's is narrow, so that its words stay legible. */
function chartWidth() {
  return matchMedia("(max-width: 820px)").matches ? 360 : 560;
}

function opens(row) {
  return {
    click: () => openFact(row),
    keydown: (event) => (event.key === "Enter" ? openFact(row) : undefined),
  };
}

function picture(width, height) {
  return svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", class: "chart" });
}

function withNote(drawing, shown, all) {
  const note = shown < all ? element("p", { class: "hint" }, say("topAreas", shown, all)) : null;
  return element("div", {}, drawing, ...(note ? [note] : []));
}

function highestOf(list) {
  return Math.max(...list.map(([, , value]) => Number(value)));
}

function short(name, most = 9) {
  return name.length > most ? `${name.slice(0, most - 1)}…` : name;
}

/** Some five round numbers that span `low` to `high`. */
function niceTicks(low, high) {
  const rough = (high - low || 1) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough) * power;
  const first = Math.floor(low / step);
  const last = Math.ceil(high / step);
  return Array.from({ length: last - first + 1 }, (_, at) => (first + at) * step);
}

function thinned(items, most) {
  const every = Math.ceil(items.length / most);
  return items.filter((_, at) => (items.length - 1 - at) % every === 0);
}

/** Move positions apart, so that labels of `height` do not lie on each other. */
function spread(positions, height, top, bottom) {
  const order = positions.map((position, at) => [position, at]).sort((one, other) => one[0] - other[0]);
  let last = top - height;
  for (const item of order) {
    item[0] = Math.max(item[0], last + height);
    last = item[0];
  }
  let next = bottom + height;
  for (const item of order.toReversed()) {
    item[0] = Math.min(item[0], next - height);
    next = item[0];
  }
  return order.sort((one, other) => one[1] - other[1]).map(([position]) => position);
}
