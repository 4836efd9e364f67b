/**
 * Runs before the first paint, in the head of every page: sets the colour scheme so that nothing flashes, and tells the
 * style sheet that there is JavaScript. `data-scheme` is the reader's choice, `data-theme` the scheme in force.
 */
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  let chosen: string | null = null;
  try {
    chosen = new URLSearchParams(location.search).get("scheme") ?? localStorage.getItem("reportgen.scheme");
  } catch {
    // Storage may be off, and then the system decides.
  }
  const known = chosen === "light" || chosen === "dark" ? chosen : null;
  if (known) root.dataset["scheme"] = known;
  root.dataset["theme"] = known ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
})();

export {};
