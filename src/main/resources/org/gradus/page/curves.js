// Charts of curves over the step: zoom by a drag, a slider or with ctrl and the wheel, either axis linear or logarithmic.

/** More curves than this are not told apart one by one. */
const MOST_SERIES = 40;

/**
 * @param content answers {curves: [{name, label, colour, run, steps, values, dashed, faint}], helpers, legend, cap}; curves of one name
 *     share a place in the legend; cap is where the values' axis ends at first, if the curves begin far above what matters
 */
const curveChart = (figure, { id, title, unit, logValues, content, extra = [] }) => {
  const axes = { steps: true, values: logValues, whole: false };
  /** What is zero throughout has no logarithm. */
  let log = logValues;
  const selected = {};
  let shown = { curves: [], helpers: [] };
  let pointer = null;
  const made = panel(figure, { id, title, describe: () => describe() });

  const describe = () => `${title} against the step, ${shown.curves.length} curves, steps ${axes.steps ? "logarithmic" : "linear"}, `
    + `values ${axes.values ? "logarithmic" : "linear"}`;

  made.tools.append(...extra,
    toggle("log steps", axes.steps, now => { axes.steps = now; made.refresh(); }),
    toggle("log values", axes.values, now => { axes.values = now; made.refresh(); }));
  const whole = toggle("whole range", false, now => { axes.whole = now; made.refresh(); });
  const reset = element("button", { type: "button" }, "reset zoom");
  reset.addEventListener("click", () => made.refresh());
  made.tools.append(whole, reset);

  /** Where step 0 stands on a logarithmic axis: at its left end, labelled 0. */
  const zero = () => {
    const positive = shown.curves.map(curve => curve.steps.find(step => step > 0)).filter(step => step);
    return positive.length ? Math.min(...positive) / 2 : 0.5;
  };
  const place = (step, left) => axes.steps && step < left ? left : step;

  const points = (curve, left) => curve.steps.map((step, row) => {
    const value = curve.values[row];
    return [place(step, left), value === null || (log && !(value > 0)) ? null : value];
  });

  /** A series for each curve; of many curves those that look alike are one series with gaps, which is drawn many times faster. */
  const allSeries = left => {
    if (shown.curves.length <= MOST_SERIES) return shown.curves.map(curve => series(curve, points(curve, left)));
    const alike = new Map();
    shown.curves.forEach(curve => {
      const key = JSON.stringify([curve.name, curve.colour, curve.dashed]);
      if (!alike.has(key)) alike.set(key, { curve, data: [] });
      alike.get(key).data.push(...points(curve, left), [null, null]);
    });
    return [...alike.values()].map(({ curve, data }) => ({ ...series(curve, data), emphasis: { disabled: true } }));
  };

  const series = (curve, data) => ({
    type: "line",
    name: curve.name,
    data,
    showSymbol: curve.steps.length === 1,
    symbolSize: 5,
    lineStyle: { width: curve.faint || shown.curves.length > 40 ? 1 : 1.8, color: curve.colour, type: curve.dashed ? "dashed" : "solid",
      opacity: shown.curves.length > 60 ? 0.55 : 1 },
    itemStyle: { color: curve.colour },
    emphasis: { lineStyle: { width: 2.5 } },
    z: curve.faint ? 2 : 3,
  });

  /** Of runs that came to an end, if there are any; no lower than what rounding leaves of the largest value. */
  const range = () => {
    let low = Infinity;
    let high = -Infinity;
    const good = shown.curves.filter(curve => curve.run.good);
    (good.length ? good : shown.curves).forEach(curve => curve.values.forEach(value => {
      if (value !== null && (!log || value > 0)) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }));
    if (!(high > -Infinity)) return {};
    if (log) {
      const ends = padded([Math.max(low, high * 1e-17), high], true);
      const inner = spans(ends, true);
      // a tick for every power of the base: of more than ten decades each second or third one
      const base = 10 ** Math.max(1, Math.ceil(Math.log10(ends.max / ends.min) / 10));
      return { ...ends, logBase: base, axisLabel: { ...axisStyle().axisLabel, formatter: value => tick(value), showMinLabel: !inner, showMaxLabel: !inner } };
    }
    if (shown.cap && !axes.whole) return { min: 0, max: shown.cap };
    const room = (high - low || Math.abs(high) || 1) * 0.04;
    return low >= 0 ? { min: 0, max: tidy(high + room / 4) } : { min: low - room, max: high + room };
  };

  made.option = () => {
    shown = content({ log: axes.steps });
    log = axes.values && shown.curves.some(curve => curve.values.some(value => value > 0));
    const left = zero();
    whole.hidden = !shown.cap || log;
    const ends = shown.curves.map(curve => curve.steps[curve.steps.length - 1]);
    const last = Math.max(1, ...ends);
    const names = [...new Set(shown.curves.map(curve => curve.name))];
    const hasLegend = shown.legend !== false;
    const listed = names.concat(shown.helpers.filter(helper => helper.listed).map(helper => helper.name));
    const first = shown.curves.length ? Math.min(...shown.curves.map(curve => curve.steps[0])) : 0;
    const start = axes.steps ? (first === 0 ? left : first) : 0;
    return {
      ...base(),
      grid: { left: 64, right: 18, top: hasLegend ? 34 : 14, bottom: 74 },
      legend: {
        show: hasLegend, type: "scroll", top: 0, left: 0, right: 0, icon: "roundRect", itemWidth: 16, itemHeight: 4,
        textStyle: { color: css("text"), fontSize: 12 }, pageTextStyle: { color: css("faint") },
        pageIconColor: css("accent"), pageIconInactiveColor: css("line"), inactiveColor: css("line"),
        data: listed, selected,
      },
      xAxis: {
        ...axisStyle(), type: axes.steps ? "log" : "value", name: "step", nameGap: 24, min: start, max: Math.max(last, start * 2),
        axisLabel: { ...axisStyle().axisLabel, formatter: value => axes.steps && value <= left * 1.001 ? (first === 0 ? "0" : tick(value)) : tick(value) },
      },
      yAxis: {
        ...axisStyle(), type: log ? "log" : "value", name: unit, nameGap: 46,
        axisLabel: { ...axisStyle().axisLabel, formatter: value => tick(value) }, ...range(),
      },
      dataZoom: [
        { type: "slider", xAxisIndex: 0, height: 16, bottom: 8, filterMode: "none", showDetail: false, brushSelect: false,
          borderColor: css("line"), fillerColor: isDark() ? "#6cb8ee33" : "#0072b226", showDataShadow: false,
          handleStyle: { color: css("panel"), borderColor: css("accent") }, moveHandleSize: 0 },
        { type: "inside", xAxisIndex: 0, filterMode: "none", zoomOnMouseWheel: "ctrl", moveOnMouseMove: false, moveOnMouseWheel: false },
      ],
      toolbox: { show: true, itemSize: 0, feature: { dataZoom: { filterMode: "none", title: { zoom: "", back: "" },
        brushStyle: { color: css("accent"), opacity: 0.2, borderWidth: 0 } } } },
      tooltip: { ...tooltipStyle(), trigger: "axis", formatter: parameters => tip(parameters[0].axisValue, left) },
      series: allSeries(left).concat(shown.helpers.map(helper => helper.series({ left, place: step => place(step, left) }))),
    };
  };

  /** The curves' values at their last recorded step up to the pointer's; of many, those nearest to it. */
  const tip = (at, left) => {
    const step = axes.steps && at <= left * 1.05 ? 0 : at;
    const rows = shown.curves.filter(curve => selected[curve.name] !== false).map(curve => {
      const row = rowAt(curve.steps, step);
      return { curve, step: curve.steps[row], value: curve.values[row] };
    }).filter(row => row.value !== null);
    if (!rows.length) return "";
    const most = 12;
    let nearest = rows;
    if (rows.length > most && pointer !== null) {
      const distance = value => log ? Math.abs(Math.log(value / pointer)) : Math.abs(value - pointer);
      nearest = rows.slice().sort((a, b) => distance(a.value) - distance(b.value)).slice(0, most);
    }
    const steps = new Set(nearest.map(row => row.step));
    const head = steps.size === 1 ? `step ${number([...steps][0])}` : `up to step ${number(Math.floor(step))}`;
    const lines = nearest.slice(0, most).map(({ curve, value }) =>
      `<span style="color:${curve.colour}">●</span> ${escaped(curve.label || curve.name)} <b>${number(value)}</b>`);
    const more = rows.length > most ? `<br>${rows.length - most} more` : "";
    return `${head}<br>${lines.join("<br>")}${more}`;
  };

  made.begun = chart => {
    chart.on("legendselectchanged", event => {
      Object.assign(selected, event.selected);
    });
    chart.getZr().on("mousemove", event => {
      const value = chart.convertFromPixel({ yAxisIndex: 0 }, event.offsetY);
      pointer = Number.isFinite(value) ? value : null;
    });
    chart.getZr().on("dblclick", () => made.refresh());
  };
  made.drawn = chart => chart.dispatchAction({ type: "takeGlobalCursor", key: "dataZoomSelect", dataZoomSelectActive: true });
  return made;
};
