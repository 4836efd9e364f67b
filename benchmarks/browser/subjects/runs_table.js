// Our own table, driven as a reader does: by its head, its filter box, and scrolling.
"use strict";

(() => {
  const { bench } = window;
  const put = window.reportgen.put;
  window.reportgen.put = (key, payload) => {
    bench.datasets[key] = payload;
    put(key, payload);
  };
  const table = (options) => {
    const made = document.createElement("rg-runs-table");
    made.dataset.script = `assets/${JSON.parse(document.querySelector("main").dataset.assets)["table.js"]}`;
    made.dataset.options = JSON.stringify({ project: "bench", ...options });
    return made;
  };
  const ready = async (made) => {
    while (made.dataset.ready !== "true") {
      if (made.dataset.ready === "failed") throw new Error(made.textContent);
      await new Promise((resolve) => setTimeout(resolve));
    }
  };
  let grid;
  bench.subjects.reportgen = {
    /** Loads the data, for everybody. */
    async prepare() {
      const first = table({ runs: ["run-00000"], columns: ["name"] });
      bench.host().append(first);
      await ready(first);
    },
    async open() {
      const made = table({ url: true, columns: undefined });
      bench.host().append(made);
      await ready(made);
      grid = made.querySelector("[role=grid]");
    },
    sort() {
      grid.querySelector("[data-key='config.c1'] .head-label").click();
    },
    filter() {
      const input = document.querySelector("rg-runs-table input[type=search]");
      input.value = "config.c0 < 0.25";
      input.dispatchEvent(new Event("input"));
      input.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter" }));
    },
    scroll() {
      const rows = Number(grid.getAttribute("aria-rowcount")) - 1;
      grid.scrollTop = Math.floor(rows / 2) * 32;
    },
    shown() {
      const top = grid.querySelector(".grid-head").getBoundingClientRect().bottom;
      const rows = [...grid.querySelectorAll(".grid-row")].filter((row) => row.getBoundingClientRect().top >= top - 2);
      rows.sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top);
      return [rows[0].querySelector(".run-name").textContent, Number(grid.getAttribute("aria-rowcount")) - 1];
    },
  };
})();
