// Our own line panel, as it stands in a report or a workspace.
"use strict";

(() => {
  const { bench } = window;
  const panel = (runs = null) => {
    const made = document.createElement("rg-panel");
    made.dataset.panel = JSON.stringify({ kind: "line", title: "loss", project: "bench", metrics: ["loss"], source: "overview", runs, height: 220 });
    return made;
  };
  const drawn = async (made) => {
    while (!made.querySelector(".panel-stage[aria-description]")) await new Promise((resolve) => setTimeout(resolve));
  };
  let shown, at;
  bench.subjects.reportgen = {
    /** Loads data and Vega, as the panels before this one have. */
    async prepare() {
      const first = panel(["run-0"]);
      bench.host().append(first);
      await drawn(first);
    },
    async draw() {
      const made = panel();
      bench.host().append(made);
      await drawn(made);
      shown = made;
      at = null;
    },
    /** The time of one move of the pointer with all that follows from it, on average over many. */
    async "move over 10"() {
      const host = bench.host();
      host.className = "panels";
      const all = Array.from({ length: 10 }, () => panel());
      host.append(...all);
      for (const made of all) await drawn(made);
      shown = all[0];
      const stage = shown.querySelector(".panel-stage");
      const tip = () => document.querySelector(".chart-tooltip")?.textContent ?? "";
      const time = await bench.moves(stage, () => /250/.test(tip()));
      at = /250/.test(tip()) ? 250 : tip();
      return time;
    },
    shown: () => [Number(/(\d+) lines/.exec(shown.querySelector(".panel-stage").getAttribute("aria-description"))[1]), at],
  };
})();
