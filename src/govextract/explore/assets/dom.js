// Elements, made from text only: nothing here reads a string as markup.

/** An element; `attributes` with a function value are listeners, children are text or nodes. */
function element(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name, value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child != null));
  return node;
}

function button(label, onClick, attributes = {}) {
  return element("button", { type: "button", click: onClick, ...attributes }, label);
}

/** A select whose first choice is "all"; `choices` are [value, label] pairs. */
function select(label, choices, chosen, onChange) {
  const options = [["", `${label}: ${say("all")}`], ...choices].map(([value, text]) =>
    element("option", { value, selected: value === chosen }, text),
  );
  return element(
    "select",
    { "aria-label": label, class: chosen ? "set" : "", change: (event) => onChange(event.target.value) },
    ...options,
  );
}

function input(label, value, onInput, attributes = {}) {
  return element("input", {
    type: "search", "aria-label": label, placeholder: label, value,
    input: (event) => onInput(event.target.value), ...attributes,
  });
}

const SCALES = [[1e12, "万亿"], [1e8, "亿"], [1e4, "万"]];

/** A number as a reader likes it: 42.4亿, 8,231, 5.3. */
function readable(text) {
  const number = Number(text);
  if (text === "" || text == null || Number.isNaN(number)) return "";
  const [scale, name] = SCALES.find(([scale]) => Math.abs(number) >= scale) ?? [1, ""];
  const digits = scale === 1 ? 6 : 4;
  return (number / scale).toLocaleString("en-US", { maximumFractionDigits: digits }) + name;
}

/** A number in full, with commas: 4,240,000,000. The digits are those of the table. */
function grouped(text) {
  const [whole, part] = String(text ?? "").split(".");
  const commas = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return part ? `${commas}.${part}` : commas;
}

/** Run `work` once for many calls within a moment. */
function soon(work, wait = 120) {
  let timer = 0;
  return (...parts) => {
    clearTimeout(timer);
    timer = setTimeout(() => work(...parts), wait);
  };
}
