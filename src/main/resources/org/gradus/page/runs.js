// The table of runs: sorted by any column, a row shows or hides the run's curves.
const runsTable = () => {
  const table = document.getElementById("runs");
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];

  const key = cell => cell.dataset.value !== undefined ? +cell.dataset.value : cell.textContent;
  const order = (a, b) => {
    if (typeof a === "number" && typeof b === "number") return a - b;
    if (typeof a === "number" || b === "") return -1;
    if (typeof b === "number" || a === "") return 1;
    return a.localeCompare(b, "en", { numeric: true });
  };
  heads.forEach((head, column) => {
    const button = element("button", { type: "button" }, head.textContent);
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const descending = head.getAttribute("aria-sort") === "ascending";
      heads.forEach(other => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", descending ? "descending" : "ascending");
      const rows = [...body.rows].sort((one, other) => {
        const a = key(one.cells[column]);
        const b = key(other.cells[column]);
        return a === "" || b === "" ? order(a, b) : (descending ? -1 : 1) * order(a, b);
      });
      body.append(...rows);
    });
  });

  if (drawn.length < 2) return;
  const boxes = new Map();
  const set = (run, shown) => {
    if (shown) state.hidden.delete(run); else state.hidden.add(run);
    const { row, box } = boxes.get(run);
    row.dataset.shown = shown;
    box.checked = shown;
  };
  [...body.rows].forEach(row => {
    const run = runs[+row.dataset.run];
    if (!run.steps) return;
    const box = element("input", { type: "checkbox", "aria-label": `show the curves of ${run.name}` });
    boxes.set(run, { row, box });
    row.cells[0].prepend(box);
    set(run, true);
    row.addEventListener("click", event => {
      set(run, event.target === box ? box.checked : state.hidden.has(run));
      tell("shown");
    });
    row.addEventListener("dblclick", () => {
      state.detail = run;
      tell("detail");
    });
  });
  const all = (text, shown) => {
    const button = element("button", { type: "button" }, text);
    button.addEventListener("click", () => {
      drawn.forEach(run => set(run, shown));
      tell("shown");
    });
    return button;
  };
  table.closest(".scroll").before(element("div", { class: "controls" }, all("show all", true), all("hide all", false)));
  const mark = () => boxes.forEach(({ row }, run) => row.classList.toggle("detailed", run === state.detail));
  on("detail", mark);
  mark();
};
