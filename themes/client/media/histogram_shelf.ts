/** The histograms of one key: the one of the step as bars, and all of them over the steps, as a heat map or as ridgelines. */
import { element } from "../elements";
import { inWords } from "../errors";
import { fileSize, formatNumber, formatStep } from "../format";
import { onScheme } from "../theme";
import type { HistogramItem } from "../types";
import { captionElement } from "./figure";
import type { Shelf, ShelfContext, ShelfView } from "./gallery";
import { histogramElement } from "./histogram";
import { type HistogramGrid, histogramGrid } from "./histogram_grid";
import { drawHeat, drawRidges, heatStepAt, ridgeAt } from "./histogram_paint";
import { byStep } from "./steps";

const PARTS = 96;

interface View {
  ridges: boolean;
  log: boolean;
}

/** What is under the pointer. */
interface Spot {
  place: number;
  part: number;
}

function spotWords(grid: HistogramGrid, { place, part }: Spot): string {
  const wide = (grid.high - grid.low) / grid.size;
  const from = grid.low + part * wide;
  const count = grid.counts[place]?.[part] ?? 0;
  return `step ${formatStep(grid.steps[place] ?? 0)}, ${formatNumber(from)} to ${formatNumber(from + wide)}: ${formatNumber(count)}`;
}

/** The drawing of all steps; `go` is called with a step that is pressed. */
function overSteps(grid: HistogramGrid, key: string, go: (step: number) => void): { root: HTMLElement; mark: (step: number) => void } {
  const view: View = { ridges: false, log: false };
  let marked = NaN;
  let hovered: Spot | null = null;
  const canvas = element("canvas", { class: "histogram-steps", tabindex: 0, role: "img" });
  const words = element("p", { class: "histogram-words", "aria-live": "polite" });
  const low = element("span", {}, formatNumber(grid.low));
  const high = element("span", {}, formatNumber(grid.high));
  const kind = element("select", { class: "select", "aria-label": "Histograms over steps as" }, element("option", { value: "heat" }, "Heat map"), element("option", { value: "ridges" }, "Ridgelines"));
  const log = element("input", { type: "checkbox" });
  const first = grid.steps[0] ?? 0;
  const last = grid.steps[grid.steps.length - 1] ?? 0;
  const fromTo = `steps ${formatStep(first)} to ${formatStep(last)}`;
  canvas.setAttribute("aria-label", `${key}: ${grid.steps.length} histograms, ${fromTo}, values ${formatNumber(grid.low)} to ${formatNumber(grid.high)}. Left and right arrows step.`);

  function draw(): void {
    const ratio = devicePixelRatio || 1;
    canvas.width = Math.max(1, Math.round(canvas.clientWidth * ratio));
    canvas.height = Math.max(1, Math.round(canvas.clientHeight * ratio));
    const paint = view.ridges ? drawRidges : drawHeat;
    paint(canvas, grid, { log: view.log, marked: grid.steps.indexOf(marked), hovered: hovered?.place ?? -1 });
    words.textContent = hovered ? spotWords(grid, hovered) : `${fromTo}${view.ridges ? ", the first at the top" : ""}`;
  }
  function spotAt(event: PointerEvent): Spot {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    const x = (event.clientX - left) / width;
    const y = (event.clientY - top) / height;
    const part = Math.max(0, Math.min(grid.size - 1, Math.floor((view.ridges ? x : 1 - y) * grid.size)));
    return { part, place: view.ridges ? ridgeAt(grid.steps.length, y) : heatStepAt(grid.steps, x) };
  }
  canvas.addEventListener("pointermove", (event) => {
    hovered = spotAt(event);
    draw();
  });
  canvas.addEventListener("pointerleave", () => {
    hovered = null;
    draw();
  });
  canvas.addEventListener("click", (event) => go(grid.steps[spotAt(event as PointerEvent).place] ?? 0));
  canvas.addEventListener("keydown", (event) => {
    const by = event.key === "ArrowLeft" ? -1 : event.key === "ArrowRight" ? 1 : 0;
    const step = grid.steps[Math.max(0, grid.steps.indexOf(marked)) + by];
    if (!by || step === undefined) return;
    event.preventDefault();
    go(step);
  });
  const box = element("div", { class: "histogram-plot" }, element("div", { class: "histogram-scale" }, high, low), canvas);
  kind.addEventListener("change", () => {
    view.ridges = kind.value === "ridges";
    box.classList.toggle("histogram-ridges", view.ridges);
    draw();
  });
  log.addEventListener("change", () => {
    view.log = log.checked;
    draw();
  });
  new ResizeObserver(draw).observe(canvas);
  const stop = onScheme(() => (canvas.isConnected ? draw() : stop()));
  const controls = element("div", { class: "histogram-controls" }, kind, element("label", { class: "overlay-switch" }, log, "log counts"));
  return {
    root: element("div", { class: "histogram-over" }, controls, box, words),
    mark: (step) => {
      marked = step;
      draw();
    },
  };
}

/** The histograms of a shelf. */
export function histogramShelf(shelf: Shelf, { site, goTo, key }: ShelfContext): ShelfView {
  const ready = shelf.data().then(({ items }) => {
    const steps = byStep(items as HistogramItem[]);
    const all = [...steps.values()].map((list) => list[0] as HistogramItem);
    const counts = all.map(({ step, bins, values }) => ({ step, bins: site.column(bins), values: site.column(values) }));
    const over = all.length > 1 ? overSteps(histogramGrid(counts, PARTS), key, goTo) : null;
    const one = element("div", { class: "gallery-row" });
    shelf.row.replaceChildren(...(over ? [over.root] : []), one);
    return { steps, over, one };
  });
  return {
    show: (step) => {
      ready.then(
        ({ steps, over, one }) => {
          const items = step === undefined ? [] : steps.get(step) ?? [];
          one.replaceChildren(
            ...items.map((item) => {
              const label = `Histogram of ${key} at step ${item.step}`;
              const bars = histogramElement({ bins: site.column(item.bins), values: site.column(item.values) }, label);
              return element("figure", { class: "medium", "data-key": key, "data-step": item.step, "data-kind": "histogram" }, bars, captionElement(item, site, fileSize));
            }),
          );
          over?.mark(step ?? NaN);
        },
        (error: unknown) => shelf.row.append(inWords(error)),
      );
    },
  };
}
