// An outcome over two parameters, the others held or averaged over.
const heatMap = () => {
  const section = document.getElementById("heat");
  const controls = section.querySelector(".controls");
  const keys = data.parameters.filter(key => values(key).list.length > 1 && values(key).list.length <= 60);
  if (keys.length < 2) return;
  section.hidden = false;
  const axesFirst = keys.filter(key => !isSeed(key)).concat(keys.filter(isSeed));
  const chosen = {
    x: axesFirst[0], y: axesFirst[1],
    value: ["test error", "effective rank", "loss"].find(name => outcomes.includes(name)) || outcomes[0],
    fixed: {},
  };
  let log = false;
  const made = panel(section.querySelector("figure"), {
    id: "heat", title: "Outcome over two parameters",
    describe: () => `heat map of ${chosen.value} over ${short(chosen.x)} and ${short(chosen.y)}`,
  });
  const logButton = toggle("log colours", log, now => { log = now; made.refresh(); });
  made.tools.append(logButton);
  const wide = () => {
    const found = runs.filter(run => run.good).map(run => run.outcomes[chosen.value]).filter(Number.isFinite);
    log = found.length > 0 && Math.min(...found) > 0 && Math.max(...found) > 30 * Math.min(...found);
    logButton.setAttribute("aria-pressed", log);
  };

  const fill = () => {
    const others = keys.filter(key => key !== chosen.x && key !== chosen.y);
    const choices = keys.map(key => [key, key]);
    const swap = (axis, other) => key => {
      if (chosen[other] === key) chosen[other] = chosen[axis];
      chosen[axis] = key;
      fill();
      made.refresh();
    };
    controls.replaceChildren(
      select("value", outcomes.map(name => [name, name]), chosen.value, name => { chosen.value = name; wide(); made.refresh(); }),
      select("across", choices, chosen.x, swap("x", "y")),
      select("up", choices, chosen.y, swap("y", "x")),
      ...others.map(key => select(key, [["mean", "mean over all"]].concat(values(key).list.map((value, i) => [String(i), label(value)])),
        chosen.fixed[key] === undefined ? "mean" : chosen.fixed[key], value => { chosen.fixed[key] = value; made.refresh(); })));
  };

  /** Runs in each cell, as the selects say. */
  const cells = (across, up) => {
    const grid = across.map(() => up.map(() => []));
    const held = keys.filter(key => key !== chosen.x && key !== chosen.y && chosen.fixed[key] !== undefined && chosen.fixed[key] !== "mean");
    runs.filter(run => held.every(key => run.parameters[key] === values(key).list[+chosen.fixed[key]])).forEach(run => {
      const i = across.indexOf(run.parameters[chosen.x]);
      const j = up.indexOf(run.parameters[chosen.y]);
      if (i >= 0 && j >= 0) grid[i][j].push(run);
    });
    return grid;
  };

  made.option = () => {
    const across = values(chosen.x).list;
    const up = values(chosen.y).list;
    const grid = cells(across, up);
    const filled = [];
    const without = [];
    grid.forEach((column, i) => column.forEach((found, j) => {
      const numbers = found.filter(run => run.good).map(run => run.outcomes[chosen.value]).filter(value => Number.isFinite(value) && (!log || value > 0));
      if (numbers.length) {
        const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
        filled.push({ value: [i, j, log ? Math.log10(mean) : mean], mean, found, used: numbers.length });
      } else if (found.length) {
        without.push({ value: [i, j], found });
      }
    }));
    const range = filled.map(cell => cell.value[2]);
    const low = range.length ? Math.min(...range) : 0;
    const high = range.length && Math.max(...range) > low ? Math.max(...range) : low + 1;
    const written = across.length * up.length <= 120 && across.length <= 12;
    const steps = PLASMA.light.map((_, i) => heatColour(i / 6));
    filled.forEach(cell => {
      cell.label = { color: (cell.value[2] - low) / (high - low) > 0.55 ? "#111111" : "#ffffff" };
    });
    const shown = value => tick(log ? 10 ** value : value, 3);
    const category = (list, key) => ({
      ...axisStyle(), type: "category", data: ticks(list), name: short(key), splitLine: { show: false }, axisTick: { show: false },
    });
    const overlapping = filled.some(cell => cell.used > 1);
    section.querySelector(".hint").textContent = (overlapping ? "Cells show means over the runs that fall into them. " : "")
      + (without.length ? "A cross: no run of the cell came to an end." : "");
    return {
      ...base(),
      grid: { left: 86, right: 104, top: 12, bottom: 48 },
      xAxis: { ...category(across, chosen.x), nameGap: 28 },
      yAxis: { ...category(up, chosen.y), nameGap: 64 },
      visualMap: {
        type: "continuous", min: low, max: high, calculable: true, right: 0, top: "middle", itemHeight: 220, itemWidth: 14,
        inRange: { color: steps }, seriesIndex: 0, textStyle: { color: css("faint") }, formatter: shown, precision: 3,
      },
      tooltip: { ...tooltipStyle(), trigger: "item", formatter: parameter => about(parameter.data) },
      series: [
        { type: "heatmap", name: chosen.value, data: filled, itemStyle: { borderColor: css("paper"), borderWidth: 1 },
          label: { show: written, formatter: parameter => tick(parameter.data.mean, 3), fontSize: 11 } },
        { type: "scatter", name: "no end", data: without, symbol: CROSS, symbolSize: 12, itemStyle: { color: css("bad") } },
      ],
    };
  };
  const about = cell => {
    const run = cell.found[0];
    const place = [chosen.x, chosen.y].map(key => `${escaped(short(key))} ${escaped(label(run.parameters[key]))}`).join("<br>");
    const names = cell.found.slice(0, 6).map(each => `${escaped(each.name)} ${each.good ? "" : escaped(each.status)}`).join("<br>");
    const value = cell.mean === undefined ? "" : `<br>${escaped(chosen.value)} <b>${number(cell.mean)}</b>${cell.used > 1 ? `, mean of ${cell.used}` : ""}`;
    return `${place}${value}<br>${names}${cell.found.length > 6 ? "<br>…" : ""}`;
  };
  wide();
  fill();
};

/** The whole map, dark to bright, on any ground. */
const HEAT = ["#0D0887", "#5B02A3", "#9A179B", "#CB4678", "#EB7852", "#FBB32F", "#F0F921"];
const heatColour = place => {
  const at = place * (HEAT.length - 1);
  const left = Math.min(Math.floor(at), HEAT.length - 2);
  return mix(HEAT[left], HEAT[left + 1], at - left);
};
