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
  /**
   * The time that one move of the pointer over an element takes, in ms: its handlers, and what they leave to the next frame; the
   * mean of many. The last move goes to where `arrived` is true.
   */
  async moves(element, arrived) {
    const box = element.getBoundingClientRect();
    const y = box.top + box.height / 2;
    const move = async (x) => {
      const event = { bubbles: true, clientX: x, clientY: y, pointerType: "mouse", pointerId: 1, view: window };
      let began = 0;
      // Asked for first, so called first in the frame: what the handlers ask for comes between these two.
      requestAnimationFrame(() => (began = performance.now()));
      const start = performance.now();
      element.dispatchEvent(new PointerEvent("pointermove", event));
      element.dispatchEvent(new MouseEvent("mousemove", event));
      const handled = performance.now() - start;
      return new Promise((resolve) =>
        requestAnimationFrame(() => {
          // Layout and style that were left to the browser belong to it.
          element.getBoundingClientRect();
          resolve(handled + performance.now() - began);
        }),
      );
    };
    element.dispatchEvent(new PointerEvent("pointerenter", { pointerType: "mouse", clientX: box.left, clientY: y }));
    element.dispatchEvent(new MouseEvent("mouseenter", { clientX: box.left, clientY: y }));
    const times = [];
    for (let part = 0.05; part < 0.95; part += 0.015) times.push(await move(box.left + part * box.width));
    for (let part = 0.3; part < 0.7 && !arrived(); part += 0.0005) await move(box.left + part * box.width);
    return times.reduce((sum, time) => sum + time, 0) / times.length;
  },
  /** A task that gives a time of its own has measured itself. */
  async measure(name, task) {
    const subject = window.bench.subjects[name];
    // What came before has been cleared away by then.
    await new Promise((resolve) => setTimeout(resolve, 300));
    await window.bench.frames();
    const start = performance.now();
    const own = await subject[task]();
    await window.bench.frames();
    const milliseconds = own ?? performance.now() - start;
    await new Promise((resolve) => setTimeout(resolve, 100));
    return { milliseconds, shown: await subject.shown() };
  },
};
