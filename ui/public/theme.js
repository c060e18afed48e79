// Sets the look before anything is painted. The shell injects the saved choice;
// without one the system decides. The page's own code takes over once the settings are read.
(function () {
  var wanted = window.__LIAISON__ && window.__LIAISON__.theme;
  var theme = wanted;
  if (wanted !== "light" && wanted !== "dark" && wanted !== "contrast") {
    theme = matchMedia("(prefers-contrast: more)").matches
      ? "contrast"
      : matchMedia("(prefers-color-scheme: dark)").matches
        ? "dark"
        : "light";
  }
  document.documentElement.dataset.theme = theme;
  document.documentElement.dataset.density = (window.__LIAISON__ && window.__LIAISON__.density) || "comfortable";
  document.documentElement.dataset.accent = (window.__LIAISON__ && window.__LIAISON__.accent) || "blue";
})();
