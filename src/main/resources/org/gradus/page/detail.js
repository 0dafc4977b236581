// What one run has recorded beyond ranks and losses: spectra of product and factors, balancedness, principal angles.

/**
 * Columns PREFIX1, PREFIX2, … of the run in detail as curves. Those that end at less than a share of the first are faint and
 * have one place in the legend.
 */
const family = (prefix, name, share = 0) => {
  const run = state.detail;
  const columns = [];
  for (let i = 1; run.columns[prefix + i]; i++) columns.push(run.columns[prefix + i]);
  const end = column => column[column.length - 1] || 0;
  const matter = share ? columns.filter(column => end(column) > share * end(columns[0])).length : columns.length;
  const first = matter || columns.length;
  const rest = columns.length - first > 1 ? `${name(first + 1)} … ${name(columns.length)}` : name(first + 1);
  return columns.map((column, i) => ({
    name: i < first ? name(i + 1) : rest, label: name(i + 1), colour: i < first ? colour(i, first) : css("faint"), faint: i >= first,
    run, steps: run.steps, values: column,
  }));
};

const subscript = index => String(index).replace(/\d/g, digit => "₀₁₂₃₄₅₆₇₈₉"[digit]);

/** The target's values as dashed lines; when each is half there by prediction, with the bounds of that step. */
const spectrumHelpers = curves => {
  const run = state.detail;
  const helpers = [];
  const distinct = [...new Set(run.target)].filter(value => value > 0.01 * run.target[0]).slice(0, 12);
  if (distinct.length) {
    helpers.push({
      name: "target", listed: true,
      series: () => ({
        type: "line", name: "target", data: [], silent: true, itemStyle: { color: css("faint") }, lineStyle: { color: css("faint"), type: "dashed" },
        markLine: { silent: true, symbol: "none", label: { show: false }, lineStyle: { color: css("faint"), type: "dashed", width: 1 },
          data: distinct.map(value => ({ yAxis: value })) },
      }),
    });
  }
  if (run.crossings.length) {
    const paint = index => (curves[index - 1] || { colour: css("faint") }).colour;
    helpers.push({
      name: "half there, predicted", listed: true,
      series: ({ place }) => ({
        type: "scatter", name: "half there, predicted", symbolSize: 9, silent: true, z: 5, itemStyle: { color: css("faint") },
        data: run.crossings.map(([index, level, step]) => ({ value: [place(step), level],
          itemStyle: { color: css("paper"), borderColor: paint(index), borderWidth: 2 } })),
        markLine: { silent: true, symbol: "none", label: { show: false },
          data: run.crossings.filter(crossing => crossing[3] !== null && crossing[4] !== null).map(([index, level, , lower, upper]) => [
            { coord: [place(lower), level], lineStyle: { color: paint(index), type: "solid", width: 2, opacity: 0.7 } },
            { coord: [place(upper), level] }]) },
      }),
    });
  }
  return helpers;
};

const detailCharts = () => {
  const grid = document.querySelector("#detail .grid");
  const made = [];
  const add = (id, title, unit, logValues, content, extra = []) => {
    const figure = element("figure", { class: "chart" });
    grid.append(figure);
    const chart = curveChart(figure, { id, title, unit, logValues, content, extra });
    made.push(() => {
      const curves = content({ log: true }).curves;
      figure.hidden = curves.length === 0;
      if (curves.length) chart.refresh();
    });
  };
  const has = pattern => drawn.some(run => Object.keys(run.columns).some(name => pattern.test(name)));
  if (drawn.length > MOST_SHADED) {
    add("detail-rank", "Effective rank and its plateaus", "Σσ / σ₁", false, ({ log }) => ({
      curves: [{ name: "effective rank", colour: colour(0, 1), run: state.detail, steps: state.detail.steps,
        values: state.detail.columns.effective_rank }],
      helpers: bandsOf(state.detail, false, log), cap: capOf([state.detail], "effective_rank"),
    }));
  }
  if (has(/^sigma_1$/)) {
    add("singular-values", "Singular values of the product", "σ", false, () => {
      const curves = family("sigma_", i => "σ" + subscript(i), 0.01);
      return { curves, helpers: spectrumHelpers(curves) };
    });
  }
  if (has(/^factor_1_sigma_1$/)) {
    let factor = "1";
    const depth = Math.max(...drawn.map(run => Object.keys(run.columns).filter(name => /^factor_\d+_sigma_1$/.test(name)).length));
    const choices = Array.from({ length: depth }, (_, j) => [String(j + 1), "W" + subscript(j + 1)]);
    const chooser = select("", choices, factor, value => { factor = value; made.forEach(each => each()); });
    chooser.querySelector("select").setAttribute("aria-label", "factor");
    add("factors", "Singular values of a factor", "σ", false,
      () => ({ curves: family(`factor_${factor}_sigma_`, i => "σ" + subscript(i), 0.05), helpers: [] }), [chooser]);
  }
  if (has(/^balancedness$/)) {
    add("balancedness", "Balancedness defect", "defect", true, () => ({
      curves: state.detail.columns.balancedness ? [{ name: "defect", colour: colour(0, 1), run: state.detail,
        steps: state.detail.steps, values: state.detail.columns.balancedness }] : [],
      helpers: [], legend: false,
    }));
  }
  if (has(/^left_angle_1$/)) {
    add("alignment", "Principal angles to the target's singular vectors", "angle", false, () => ({
      curves: family("left_angle_", i => "left " + i)
        .concat(family("right_angle_", i => "right " + i).map(curve => ({ ...curve, dashed: true }))),
      helpers: [],
    }));
  }
  return made;
};

/** Which run, where there are several. */
const detailControls = () => {
  const controls = document.querySelector("#detail .controls");
  if (drawn.length < 2) return;
  const chooser = select("run", drawn.map((run, i) => [String(i), run.name]), String(drawn.indexOf(state.detail)), value => {
    state.detail = drawn[+value];
    tell("detail");
  });
  on("detail", () => { chooser.querySelector("select").value = String(drawn.indexOf(state.detail)); });
  controls.append(chooser);
};
