// Tabulator, with its virtual rows and columns, driven by its own methods. Row objects are made before the clock starts.
"use strict";

(() => {
  const { bench } = window;
  let table, rows, columns;
  bench.subjects.Tabulator = {
    prepare() {
      const data = bench.datasets["bench/runs"];
      rows = data.ids.map((id, run) => Object.fromEntries([["id", id], ...data.columns.map(({ key, values }) => [key, values[run]])]));
      columns = data.columns.map(({ key, label, type }) => ({
        title: label,
        field: key,
        width: 110,
        sorter: type === "string" || type === "state" ? "string" : "number",
      }));
    },
    open() {
      const host = bench.host();
      const inner = document.createElement("div");
      host.append(inner);
      return new Promise((resolve) => {
        table = new window.Tabulator(inner, {
          data: rows,
          columns,
          height: host.clientHeight,
          renderHorizontal: "virtual",
          nestedFieldSeparator: false,
        });
        table.on("tableBuilt", resolve);
      });
    },
    sort: () => table.setSort("config.c1", "asc"),
    filter: () => table.setFilter("config.c0", "<", 0.25),
    scroll() {
      const holder = table.element.querySelector(".tabulator-tableholder");
      const height = table.element.querySelector(".tabulator-row").offsetHeight;
      holder.scrollTop = Math.floor(table.getDataCount("active") / 2) * height;
    },
    shown() {
      const top = table.element.querySelector(".tabulator-tableholder").getBoundingClientRect().top;
      const first = [...table.element.querySelectorAll(".tabulator-row")].find((row) => row.getBoundingClientRect().bottom > top + 2);
      return [table.getRow(first).getData().name, table.getDataCount("active")];
    },
  };
})();
