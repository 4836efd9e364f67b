// What every subject is measured with: a task is timed from its start until the second frame after it has been painted.
"use strict";

window.bench = {
  subjects: {},
  /** Every dataset that the page has loaded, by its key. */
  datasets: {},
  /** A place of the same size for each subject. */
  host() {
    document.querySelector("#host")?.remove();
    const host = document.createElement("div");
    host.id = "host";
    document.querySelector("main").append(host);
    return host;
  },
  frames(count = 2) {
    return new Promise((resolve) => {
      const next = () => (count-- > 0 ? requestAnimationFrame(next) : resolve());
      next();
    });
  },
  async measure(name, task) {
    const subject = window.bench.subjects[name];
    // What came before has been cleared away by then.
    await new Promise((resolve) => setTimeout(resolve, 300));
    await window.bench.frames();
    const start = performance.now();
    await subject[task]();
    await window.bench.frames();
    const milliseconds = performance.now() - start;
    await new Promise((resolve) => setTimeout(resolve, 100));
    return { milliseconds, shown: await subject.shown() };
  },
};
