// An outcome of every run against a parameter or another outcome.
const compareChart = () => {
  const section = document.getElementById("compare");
  const figure = section.querySelector("figure");
  const controls = section.querySelector(".controls");
  const parameters = data.parameters.filter(key => values(key).list.length > 1);
  if (runs.length < 2 || outcomes.length === 0) return;
  section.hidden = false;
  const parametric = parameters.map(key => ["p:" + key, key]);
  const measured = outcomes.map(name => ["o:" + name, name]);
  const preferred = parameters.find(key => !isSeed(key)) || parameters[0];
  const chosen = {
    x: preferred ? "p:" + preferred : "o:" + (outcomes[1] || outcomes[0]),
    y: "o:" + (["test error", "effective rank", "loss"].find(name => outcomes.includes(name)) || outcomes[0]),
    colour: parameters.filter(key => "p:" + key !== (preferred && "p:" + preferred))[0] || "",
  };
  const logs = { x: false, y: false };
  const made = panel(figure, { id: "compare", title: "Outcome by parameter", describe: () => `${name(chosen.y)} of ${runs.length} runs against ${name(chosen.x)}` });
  const name = choice => choice.startsWith("p:") ? short(choice.slice(2)) : choice.slice(2);
  const value = (run, choice) => choice.startsWith("p:") ? run.parameters[choice.slice(2)] : run.outcomes[choice.slice(2)];
  const numeric = choice => !choice.startsWith("p:") || values(choice.slice(2)).numeric;

  /** Many decades are shown as such. */
  const wide = choice => {
    if (!numeric(choice)) return false;
    const found = runs.map(run => value(run, choice)).filter(each => Number.isFinite(each));
    return found.length > 0 && Math.min(...found) > 0 && Math.max(...found) > 30 * Math.min(...found);
  };
  const buttons = {};
  const choose = (axis, choice) => {
    chosen[axis] = choice;
    if (axis !== "colour") {
      logs[axis] = wide(choice);
      buttons[axis].setAttribute("aria-pressed", logs[axis]);
    }
    made.refresh();
  };
  ["x", "y"].forEach(axis => {
    logs[axis] = wide(chosen[axis]);
    buttons[axis] = toggle(`log ${axis}`, logs[axis], now => { logs[axis] = now; made.refresh(); });
    made.tools.append(buttons[axis]);
  });
  controls.append(
    select("outcome", measured.concat(parametric), chosen.y, choice => choose("y", choice)),
    select("against", parametric.concat(measured), chosen.x, choice => choose("x", choice)),
    select("colour", [["", "none"]].concat(parameters.map(key => [key, key])), chosen.colour, choice => choose("colour", choice)));

  made.option = () => {
    const shownRuns = runs.filter(run => !state.hidden.has(run));
    const listed = chosen.x.startsWith("p:") ? values(chosen.x.slice(2)).list : [];
    const whole = listed.length > 0 && listed.length <= 12 && listed.every(Number.isInteger);
    const categories = numeric(chosen.x) && !whole ? null : values(chosen.x.slice(2)).list.map(label);
    const x = run => {
      const found = value(run, chosen.x);
      return categories ? (found === undefined ? undefined : label(found)) : found;
    };
    const fits = (found, log) => found !== undefined && found !== null && (!log || found > 0);
    const list = chosen.colour ? values(chosen.colour).list : [];
    const ordered = chosen.colour && values(chosen.colour).numeric && list.length > 3;
    const points = {};
    const ended = [];
    let high = -Infinity;
    let low = Infinity;
    shownRuns.forEach(run => {
      const across = x(run);
      const up = value(run, chosen.y);
      if (!fits(across, logs.x && !categories)) return;
      if (!run.good) {
        ended.push({ run, across });
      } else if (fits(up, logs.y)) {
        high = Math.max(high, up);
        low = Math.min(low, up);
        const key = chosen.colour ? label(run.parameters[chosen.colour]) : "runs";
        (points[key] = points[key] || []).push({ value: [across, up], run });
      }
    });
    const keys = chosen.colour ? list.map(label).filter(key => points[key]) : Object.keys(points);
    const top = high > -Infinity ? (logs.y ? high * Math.max(high / low, 1.5) ** 0.08 : high + (high - low || 1) * 0.08) : 1;
    const up = padded(high > -Infinity ? [low, ended.length ? top : high] : [0.5, 1], logs.y);
    const paint = key => !chosen.colour ? css("accent")
      : ordered || list.length > 7 ? gradual(list.map(label).indexOf(key) / (list.length - 1)) : colour(list.map(label).indexOf(key), list.length);
    const bad = "diverged, failed or cut off";
    return {
      ...base(),
      grid: { left: 70, right: 24, top: 38, bottom: 48 },
      legend: { type: "scroll", top: 0, left: 0, textStyle: { color: css("text"), fontSize: 12 }, inactiveColor: css("line"),
        pageTextStyle: { color: css("faint") }, pageIconColor: css("accent"), show: keys.length > 1 || ended.length > 0 },
      xAxis: categories
        ? { ...axisStyle(), type: "category", data: categories, name: name(chosen.x), nameGap: 26 }
        : { ...axisStyle(), type: logs.x ? "log" : "value", ...padded(Object.values(points).flat().map(point => point.value[0]), logs.x),
          name: name(chosen.x), nameGap: 26,
          axisLabel: { ...axisStyle().axisLabel, formatter: value => tick(value), showMinLabel: false, showMaxLabel: false } },
      yAxis: { ...axisStyle(), type: logs.y ? "log" : "value", ...up, name: name(chosen.y), nameGap: 50,
        axisLabel: { ...axisStyle().axisLabel, formatter: value => tick(value), showMinLabel: !spans(up, logs.y), showMaxLabel: !spans(up, logs.y) } },
      tooltip: { ...tooltipStyle(), trigger: "item", formatter: parameter => about(parameter.data.run) },
      series: keys.map(key => ({
        type: "scatter", name: chosen.colour ? `${short(chosen.colour)} ${key}` : "runs", symbolSize: 8, data: points[key],
        itemStyle: { color: paint(key), opacity: 0.85 },
      })).concat(ended.length ? [{
        type: "scatter", name: bad, symbol: CROSS, symbolSize: 9, itemStyle: { color: css("bad") },
        data: ended.map(({ run, across }) => ({ value: [across, top], run })),
      }] : []),
    };
  };
  const about = run => `<b>${escaped(run.name)}</b> ${escaped(run.status)}<br>` + data.parameters.slice(0, 8).map(key =>
    `${escaped(short(key))} ${escaped(label(run.parameters[key]))}`).join("<br>")
    + `<br>${escaped(name(chosen.y))} <b>${number(value(run, chosen.y))}</b>`;
  made.begun = chart => chart.on("click", event => {
    if (event.data && event.data.run && event.data.run.steps) {
      state.detail = event.data.run;
      tell("detail");
    }
  });
  on("shown", made.refresh);
};

const CROSS = "path://M0,1.5L1.5,0L5,3.5L8.5,0L10,1.5L6.5,5L10,8.5L8.5,10L5,6.5L1.5,10L0,8.5L3.5,5Z";
