// Light and dark, and colours that readers with any kind of colour vision tell apart: Okabe and Ito (2008) for few curves,
// the map plasma (van der Walt and Smith, 2015) for many, as in the pictures of a run; lighter on dark ground.
const OKABE_ITO = {
  light: ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000"],
  dark: ["#4AA8E0", "#F0803C", "#2CC295", "#E39AC4", "#F0B429", "#9AD3F5", "#F2F2F2"],
};
const PLASMA = {
  light: ["#0D0887", "#4C02A1", "#7E03A8", "#A92395", "#CC4778", "#E56B5D", "#F89540"],
  dark: ["#9C6BFF", "#B95CF0", "#CF52D0", "#E0569F", "#EE6F7C", "#F89540", "#FCCE25"],
};

const media = window.matchMedia("(prefers-color-scheme: dark)");
const isDark = () => {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : media.matches;
};
const ground = () => isDark() ? "dark" : "light";
const css = name => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();

const mix = (from, to, weight) => "#" + [1, 3, 5].map(at => {
  const a = parseInt(from.slice(at, at + 2), 16);
  const b = parseInt(to.slice(at, at + 2), 16);
  return Math.round(a + weight * (b - a)).toString(16).padStart(2, "0");
}).join("");

/** The colour at a place from 0 to 1. */
const gradual = place => {
  const map = PLASMA[ground()];
  const at = Math.min(1, Math.max(0, place)) * (map.length - 1);
  const left = Math.min(Math.floor(at), map.length - 2);
  return mix(map[left], map[left + 1], at - left);
};

const colour = (index, count) =>
  count <= OKABE_ITO.light.length ? OKABE_ITO[ground()][index] : gradual(index / (count - 1));

const themeButton = document.getElementById("theme");
const applied = () => {
  themeButton.textContent = isDark() ? "light" : "dark";
  themeButton.setAttribute("aria-label", `${isDark() ? "light" : "dark"} colours`);
  tell("theme");
};
themeButton.addEventListener("click", () => {
  document.documentElement.dataset.theme = isDark() ? "light" : "dark";
  applied();
});
media.addEventListener("change", applied);
