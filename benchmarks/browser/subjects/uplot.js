// uPlot with one series for each run, its cursor synchronised over ten plots.
"use strict";

(() => {
  const { bench } = window;
  let data, shown, at;
  const plot = (host, sync) => {
    const series = [{}, ...bench.numbers.map((_, run) => ({ stroke: `hsl(${(run * 47) % 360} 60% 45%)`, width: 1 }))];
    const options = { width: 440, height: 220, scales: { x: { time: false } }, series, legend: { show: false }, pxAlign: false };
    if (sync) options.cursor = { sync: { key: "bench" } };
    return new window.uPlot(options, data, host);
  };
  bench.subjects.uPlot = {
    prepare() {
      data = [bench.numbers[0].map((_, step) => step), ...bench.numbers];
    },
    async draw() {
      shown = plot(bench.host(), false);
      at = null;
    },
    async "move over 10"() {
      const host = bench.host();
      const all = Array.from({ length: 10 }, () => plot(host, true));
      await bench.frames();
      shown = all[0];
      const time = await bench.moves(shown.over, () => shown.cursor.idx === 250);
      at = shown.cursor.idx;
      return time;
    },
    shown: () => [shown.series.length - 1, at],
  };
})();
