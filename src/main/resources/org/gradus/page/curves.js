// Charts of curves over the step: zoom by a drag, a slider or with ctrl and the wheel, either axis linear or logarithmic.

/**
 * @param content answers {curves: [{name, colour, run, steps, values, dashed}], helpers: [series], floor}; curves of one name share a
 *     place in the legend
 */
const curveChart = (figure, { id, title, unit, logValues, content, extra = [] }) => {
  const axes = { steps: true, values: logValues };
  const selected = {};
  let shown = { curves: [], helpers: [] };
  let pointer = null;
  const made = panel(figure, { id, title, describe: () => describe() });

  const describe = () => `${title} against the step, ${shown.curves.length} curves, steps ${axes.steps ? "logarithmic" : "linear"}, `
    + `values ${axes.values ? "logarithmic" : "linear"}`;

  made.tools.append(...extra,
    toggle("log steps", axes.steps, now => { axes.steps = now; made.refresh(); }),
    toggle("log values", axes.values, now => { axes.values = now; made.refresh(); }));
  const reset = element("button", { type: "button" }, "whole");
  reset.addEventListener("click", () => made.refresh());
  made.tools.append(reset);

  /** Where step 0 stands on a logarithmic axis: at its left end, labelled 0. */
  const zero = () => {
    const positive = shown.curves.map(curve => curve.steps.find(step => step > 0)).filter(step => step);
    return positive.length ? Math.min(...positive) / 2 : 0.5;
  };
  const place = (step, left) => axes.steps && step < left ? left : step;

  const series = (curve, left) => ({
    type: "line",
    name: curve.name,
    data: curve.steps.map((step, row) => {
      const value = curve.values[row];
      return [place(step, left), value === null || (axes.values && !(value > 0)) ? null : value];
    }),
    showSymbol: curve.steps.length === 1,
    symbolSize: 5,
    lineStyle: { width: shown.curves.length > 24 ? 1 : 1.8, color: curve.colour, type: curve.dashed ? "dashed" : "solid",
      opacity: shown.curves.length > 60 ? 0.55 : 1 },
    itemStyle: { color: curve.colour },
    emphasis: { lineStyle: { width: 2.5 } },
    z: 3,
  });

  /** No lower than what rounding leaves of the largest value. */
  const range = () => {
    let low = Infinity;
    let high = -Infinity;
    shown.curves.filter(curve => selected[curve.name] !== false).forEach(curve => curve.values.forEach(value => {
      if (value !== null && (!axes.values || value > 0)) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }));
    if (!(high > -Infinity)) return {};
    if (axes.values) {
      const least = Math.max(low, high * 1e-17);
      return { min: 10 ** Math.floor(Math.log10(least)), max: 10 ** Math.ceil(Math.log10(high * 1.0001)) };
    }
    return low >= 0 ? { min: 0 } : { scale: true };
  };

  made.option = () => {
    shown = content({ log: axes.steps });
    const left = zero();
    const ends = shown.curves.map(curve => curve.steps[curve.steps.length - 1]);
    const last = Math.max(1, ...ends);
    const names = [...new Set(shown.curves.map(curve => curve.name))];
    const hasLegend = shown.legend !== false;
    const listed = names.concat(shown.helpers.filter(helper => helper.listed).map(helper => helper.name));
    const first = Math.min(...shown.curves.map(curve => curve.steps[0]));
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
        ...axisStyle(), type: axes.values ? "log" : "value", name: unit, nameGap: 46, ...range(),
        axisLabel: { ...axisStyle().axisLabel, formatter: tick },
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
      series: shown.curves.map(curve => series(curve, left)).concat(shown.helpers.map(helper => helper.series({ left, place: step => place(step, left) }))),
    };
  };

  /** The curves' values at their last recorded step up to the pointer's; of many, those nearest to it. */
  const tip = (at, left) => {
    const step = axes.steps && at <= left * 1.05 ? 0 : at;
    const rows = shown.curves.filter(curve => selected[curve.name] !== false && curve.steps[0] <= Math.max(step, curve.steps[0])).map(curve => {
      const row = rowAt(curve.steps, step);
      return { curve, step: curve.steps[row], value: curve.values[row] };
    }).filter(row => row.value !== null);
    if (!rows.length) return "";
    const most = 12;
    let nearest = rows;
    if (rows.length > most && pointer !== null) {
      const distance = value => axes.values ? Math.abs(Math.log(value / pointer)) : Math.abs(value - pointer);
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
