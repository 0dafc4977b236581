// What all runs have recorded, in colours that tell a parameter.
const MEASURES = [
  ["effective_rank", "Effective rank", "Σσ / σ₁", false],
  ["loss", "Loss", "loss", true],
  ["test_error", "Test error", "relative error", true],
  ["stable_rank", "Stable rank", "Σσ² / σ₁²", false],
  ["entropy_rank", "Entropy rank", "exp of entropy", false],
];
const MOST_COLOURS = 7;

/** A name and a colour for each run, by what is chosen. */
const grouping = () => {
  const by = state.colourBy;
  if (by === "run") {
    return { legend: drawn.length <= 24, of: run => ({ name: run.name, colour: colour(drawn.indexOf(run), drawn.length) }) };
  }
  if (!by) {
    return { legend: false, of: run => ({ name: "runs", colour: css("accent") }) };
  }
  const { numeric, list } = values(by);
  const place = value => list.length < 2 ? 0 : list.indexOf(value) / (list.length - 1);
  const few = list.length <= 16;
  return {
    legend: few,
    gradient: few ? null : [numeric ? label(list[0]) : String(list[0]), label(list[list.length - 1])],
    of: run => {
      const value = run.parameters[by];
      const index = list.indexOf(value);
      const ordered = numeric && list.length > 3;
      return {
        name: few ? `${short(by)} ${label(value)}` : "runs",
        colour: ordered || list.length > MOST_COLOURS ? gradual(place(value)) : colour(index, list.length),
      };
    },
  };
};

/** Runs whose plateaus are shaded behind the curves of all. */
const MOST_SHADED = 6;

/** The end of an axis on which plateaus can be told apart, where ranks begin far above them; null where they do not. */
const capOf = (shown, column) => {
  let matter = 0;
  let all = 0;
  shown.filter(run => run.good).forEach(run => {
    const ranks = run.columns[column];
    const from = run.found.length ? rowAt(run.steps, run.found[0][0]) : ranks.length - 1;
    matter = Math.max(matter, ...ranks.slice(from));
    all = Math.max(all, ...ranks);
  });
  return all > 3 * matter && matter > 0 ? tidy(matter * 1.2) : null;
};

const ensembleCharts = () => {
  const grid = document.querySelector("#ensemble .grid");
  const made = [];
  MEASURES.forEach(([column, title, unit, logValues]) => {
    if (!drawn.some(run => run.columns[column])) return;
    const figure = element("figure", { class: "chart" });
    const chart = curveChart(figure, {
      id: column, title, unit, logValues,
      content: ({ log }) => {
        const groups = grouping();
        const curves = drawn.filter(run => !state.hidden.has(run) && run.columns[column]).map(run => ({
          ...groups.of(run), label: run.name, run, steps: run.steps, values: run.columns[column], dashed: !run.good,
        }));
        const helpers = column === "effective_rank" && drawn.length <= MOST_SHADED ? bandsOf(state.detail, drawn.length > 1, log) : [];
        return { curves, helpers, cap: /rank/.test(column) ? capOf(curves.map(curve => curve.run), column) : null, legend: drawn.length > 1 ? groups.legend || helpers.some(each => each.listed) : helpers.length > 0 };
      },
    });
    grid.append(figure);
    made.push(chart);
  });
  return made;
};

/** Plateaus of one run as shades: predicted ones filled, darker where certain; found ones outlined. */
const bandsOf = (run, several, log) => {
  if (!run) return [];
  const last = run.steps[run.steps.length - 1];
  const area = (from, to, style, text) => ({ from: Math.max(from, 0), to: to === null ? last : Math.min(to, last), style, text });
  const tint = odd => odd ? "86, 180, 233" : "230, 159, 0";
  const whose = several ? ` (${run.name})` : "";
  const width = (from, to) => log ? Math.log10(Math.max(to, 1) / Math.max(from, 1)) / Math.log10(Math.max(last, 10)) : (to - from) / last;
  const shades = run.plateaus.filter(([, first]) => first < last).flatMap(([rank, first, end, sureFirst, sureEnd]) => {
    const areas = [area(first, end, { color: `rgba(${tint(rank % 2)}, ${isDark() ? 0.22 : 0.2})` }, `rank ${rank}`)];
    if (sureFirst !== null && sureFirst < last) {
      areas.push(area(sureFirst, sureEnd, { color: `rgba(${tint(rank % 2)}, 0.25)` }, ""));
    }
    return areas;
  });
  const outlines = run.found.map(([first, end, rank]) =>
    area(first, end, { color: "transparent", borderColor: css("faint"), borderWidth: 1, borderType: "dashed" }, number(+rank.toPrecision(3))));
  const labelOf = areas => {
    const named = areas.filter(each => each.text);
    const roomy = named.every((each, i) => width(each.from, each.to) > 0.1 && (i === 0 || named[i - 1].to <= each.from));
    return each => roomy ? each.text : width(each.from, each.to) > 0.04 ? each.text.replace("rank ", "") : "";
  };
  const helper = (name, areas, colour, position) => ({
    name, listed: true,
    series: ({ place }) => ({
      type: "line", name, data: [], itemStyle: { color: colour }, lineStyle: { color: colour }, silent: true, z: 1,
      markArea: {
        silent: true, label: { color: css("faint"), fontSize: 11, position },
        data: areas.map(each => [
          { name: labelOf(areas)(each), xAxis: place(each.from), itemStyle: each.style },
          { xAxis: place(each.to) }]),
      },
    }),
  });
  const helpers = [];
  if (shades.length) helpers.push(helper((several ? "predicted" : "predicted plateaus") + whose, shades, "#56B4E9", "insideTop"));
  if (outlines.length) helpers.push(helper((several ? "found" : "plateaus found") + whose, outlines, css("faint"), "insideBottom"));
  return helpers;
};
