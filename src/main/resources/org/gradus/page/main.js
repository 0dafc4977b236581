// Puts the page together: the tables stand there already, everything else is made here.
document.querySelectorAll(".scripted").forEach(each => {
  const onlyOfSeveral = each.classList.contains("several") && drawn.length < 2;
  each.hidden = each.tagName === "SECTION" || onlyOfSeveral;
});
const several = drawn.length > 1;

/** Few runs have a colour each; of many, the first swept key that is no seed tells it. */
const firstColour = () => {
  if (drawn.length <= 8) return "run";
  const keys = data.parameters.filter(key => values(key).list.length > 1);
  return keys.find(key => !isSeed(key) && values(key).list.length <= 16) || keys.find(key => !isSeed(key)) || keys[0] || null;
};

if (drawn.length) {
  state.colourBy = firstColour();
  heatMap();
  compareChart();
  const ensemble = document.getElementById("ensemble");
  ensemble.hidden = false;
  ensemble.querySelector("h2").textContent = several ? "All runs" : "Ranks and loss";
  const all = ensembleCharts();
  const redraw = () => all.forEach(chart => chart.refresh());
  const hint = ensemble.querySelector(".hint");
  const explain = () => {
    const { gradient } = grouping();
    hint.replaceChildren("Drag a rectangle to zoom, double-click for the whole.");
    if (gradient) {
      const bar = element("span", { class: "gradient" });
      bar.style.background = `linear-gradient(to right, ${[0, 0.25, 0.5, 0.75, 1].map(gradual).join(",")})`;
      hint.append(` ${short(state.colourBy)}: ${gradient[0]}`, bar, gradient[1]);
    }
    if (drawn.some(run => !run.good)) hint.append(" Dashed: runs that did not come to an end.");
  };
  if (several) {
    const choices = [["", "one colour"], ["run", "run"]].concat(data.parameters.map(key => [key, key]));
    ensemble.querySelector(".controls").append(select("colour by", choices, state.colourBy || "", key => {
      state.colourBy = key || null;
      explain();
      redraw();
    }));
  }
  explain();
  on("theme", explain);
  on("shown", redraw);
  on("detail", redraw);

  const detail = detailCharts();
  detailControls();
  const refreshDetail = () => detail.forEach(refresh => refresh());
  refreshDetail();
  document.getElementById("detail").hidden = detail.length === 0;
  document.querySelector("#detail h2").textContent = several ? "One run" : "Spectra";
  on("detail", refreshDetail);
  productSlider();
}
runsTable();
applied();
window.gradus = { charts, state, data };
requestAnimationFrame(() => requestAnimationFrame(() => performance.mark("gradus-ready")));
