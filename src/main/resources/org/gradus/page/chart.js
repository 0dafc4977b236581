// A panel with a chart in it, drawn when it comes into view and again when what it shows has changed.
const charts = {};

const panel = (figure, { id, title, describe }) => {
  const canvas = element("div", { class: "canvas", role: "img" });
  const tools = element("div", { class: "tools" });
  figure.append(element("figcaption", {}, element("strong", {}, title), tools), canvas);
  figure.id = "chart-" + id;
  let chart = null;
  let visible = false;
  let stale = true;
  let option = null;

  const draw = () => {
    stale = false;
    if (!chart) {
      chart = charts[id] = echarts.init(canvas, null, { renderer: "canvas" });
      new ResizeObserver(() => chart.resize()).observe(canvas);
      made.begun(chart);
    }
    option = made.option();
    canvas.setAttribute("aria-label", describe());
    chart.setOption(option, true);
    made.drawn(chart);
  };
  const made = {
    tools,
    option: () => ({}),
    begun: () => {},
    drawn: () => {},
    /** Draws anew, later if nobody sees it now. */
    refresh() {
      stale = true;
      if (visible) draw();
    },
    /** For paper, also what was not in view. */
    complete: () => stale && draw(),
  };
  new IntersectionObserver(entries => {
    visible = entries[entries.length - 1].isIntersecting;
    if (visible && stale) draw();
  }, { rootMargin: "150px" }).observe(figure);
  on("theme", made.refresh);
  window.addEventListener("beforeprint", made.complete);
  return made;
};

/** A button that is on or off. */
const toggle = (text, pressed, changed) => {
  const button = element("button", { type: "button", "aria-pressed": pressed }, text);
  button.addEventListener("click", () => {
    const now = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", now);
    changed(now);
  });
  return button;
};

const base = () => ({
  animation: false,
  backgroundColor: "transparent",
  textStyle: { color: css("text"), fontFamily: getComputedStyle(document.body).fontFamily },
});

const tooltipStyle = () => ({
  backgroundColor: css("panel"),
  borderColor: css("line"),
  textStyle: { color: css("text"), fontSize: 12 },
  confine: true,
});

const axisStyle = () => ({
  nameLocation: "middle",
  nameTextStyle: { color: css("faint") },
  axisLine: { show: true, onZero: false, lineStyle: { color: css("faint") } },
  axisTick: { show: true, lineStyle: { color: css("faint") } },
  axisLabel: { color: css("faint"), hideOverlap: true, fontSize: 11 },
  splitLine: { show: true, lineStyle: { color: css("grid") } },
  axisPointer: { lineStyle: { color: css("faint") }, label: { show: false } },
});

/** Ends of an axis a little beyond all values. */
const padded = (found, log) => {
  if (!found.length) return {};
  const low = Math.min(...found);
  const high = Math.max(...found);
  if (log) {
    const factor = Math.max(high / low, 1.5) ** 0.05;
    return { min: low / factor, max: high * factor };
  }
  const room = (high - low || Math.abs(high) || 1) * 0.05;
  return { min: low - room, max: high + room };
};

/** Whether a tick with a label lies between the ends. */
const spans = (ends, log) => !log || Math.ceil(Math.log10(ends.min)) <= Math.floor(Math.log10(ends.max));
