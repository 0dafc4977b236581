// What the page shows, as org.gradus.page.DataBlock wrote it, and how numbers are written.
const data = JSON.parse(document.getElementById("gradus-data").textContent);
const runs = data.runs;
const drawn = runs.filter(run => run.steps);

/** What the reader has chosen; charts are drawn from it. */
const state = {
  hidden: new Set(),
  detail: drawn.find(run => run.good) || drawn[0] || null,
  colourBy: null,
};

/** Listeners by what has changed: shown, detail, colour, theme. */
const listeners = {};
const on = (what, listener) => (listeners[what] = listeners[what] || []).push(listener);
const tell = what => (listeners[what] || []).forEach(listener => listener());

const number = value => {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  if (Number.isInteger(value) && Math.abs(value) < 1e9) return value.toLocaleString("en").replace(/,/g, "\u202f");
  const size = Math.abs(value);
  return size >= 1e-3 && size < 1e5 ? String(+value.toPrecision(5)) : value.toExponential(3).replace(/\.?0+e/, "e").replace("e+", "e");
};

/** A tick of an axis, or with few digits what stands in a cell. */
const tick = (value, digits = 6) => {
  const size = Math.abs(value);
  if (size === 0) return "0";
  const rounded = +value.toPrecision(digits);
  return size >= 1e5 || size < 1e-3 ? rounded.toExponential().replace("e+", "e") : String(rounded);
};

const label = value => value === null || value === undefined ? "none" : typeof value === "number" ? number(value) : String(value);

/** Values as an axis has them: short, unless that makes two the same. */
const ticks = list => {
  const texts = list.map(value => typeof value === "number" ? tick(value, 3) : label(value));
  return new Set(texts).size === list.length ? texts : list.map(label);
};

/** A dotted key's last part, unless that would not tell it from another. */
const short = key => {
  const last = key.slice(key.lastIndexOf(".") + 1);
  const same = data.parameters.filter(other => other.slice(other.lastIndexOf(".") + 1) === last);
  return same.length > 1 ? key.split(".").slice(-2).join(".") : last;
};

/** The values of a parameter in the order in which they are shown. */
const values = key => {
  const distinct = [...new Set(runs.map(run => run.parameters[key]).filter(value => value !== undefined))];
  const numeric = distinct.every(value => typeof value === "number");
  return { numeric, list: numeric ? distinct.sort((a, b) => a - b) : distinct };
};

const isSeed = key => /(^|\.)seed$/.test(key);

/** Outcomes that any run has, in a fixed order. */
const outcomes = [...new Set(runs.flatMap(run => Object.keys(run.outcomes)))];

/** The last row whose step is at most the given one. */
const rowAt = (steps, step) => {
  let low = 0;
  let high = steps.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (steps[middle] <= step) low = middle; else high = middle - 1;
  }
  return low;
};

/** The next number above that ticks of an axis meet. */
const tidy = value => {
  const power = 10 ** Math.floor(Math.log10(value) - 1e-9);
  const next = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find(each => each * power >= value * (1 - 1e-9));
  return +(next * power).toPrecision(2);
};

/** An element; texts are set as text, never as markup. */
const element = (name, attributes = {}, ...children) => {
  const made = document.createElement(name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  made.append(...children);
  return made;
};

/** A labelled select; choices are [value, text]. */
const select = (text, choices, chosen, changed) => {
  const box = element("select", {}, ...choices.map(([value, name]) => element("option", { value }, name)));
  box.value = chosen;
  box.addEventListener("change", () => changed(box.value));
  return element("label", {}, text, box);
};

const escaped = text => String(text).replace(/[&<>"']/g, sign => `&#${sign.charCodeAt(0)};`);
