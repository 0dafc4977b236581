// The product at recorded steps, moved through by a slider.
const productSlider = () => {
  const section = document.getElementById("products");
  if (!drawn.some(run => run.pictures.length)) return;
  const image = section.querySelector("img");
  const slider = section.querySelector("input");
  const output = section.querySelector("output");
  const show = () => {
    const picture = state.detail.pictures[+slider.value];
    image.src = "data:image/png;base64," + picture.png;
    image.alt = `product of ${state.detail.name} at step ${picture.step}`;
    output.textContent = number(picture.step);
    slider.setAttribute("aria-valuetext", `step ${picture.step}`);
  };
  const begin = () => {
    const pictures = state.detail ? state.detail.pictures : [];
    section.hidden = pictures.length === 0;
    if (pictures.length === 0) return;
    slider.max = pictures.length - 1;
    slider.value = pictures.length - 1;
    show();
  };
  slider.addEventListener("input", show);
  on("detail", begin);
  begin();
};
