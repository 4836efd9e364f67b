/** A logged histogram as bars: a small drawing of its own, because Vega would be half a megabyte for a few rectangles. */
import { element } from "../elements";
import { formatNumber } from "../format";


const NAMESPACE = "http://www.w3.org/2000/svg";
const WIDTH = 320;
const HEIGHT = 140;

/** Counts between edges, as plain numbers. */
export interface Bins {
  bins: ArrayLike<number>;
  values: ArrayLike<number>;
}

export interface Bar {
  x: number;
  y: number;
  width: number;
  height: number;
  from: number;
  to: number;
  value: number;
}

/** The bars in a box of a width and height; bins may be of unequal width. */
export function histogramBars({ bins, values }: Bins, width: number, height: number): Bar[] {
  const low = bins[0] ?? 0;
  const high = bins[bins.length - 1] ?? 1;
  const counts = Array.from(values);
  const most = Math.max(...counts.filter(Number.isFinite), 0);
  const span = high - low || 1;
  return counts.flatMap((value, index) => {
    const from = bins[index] ?? NaN;
    const to = bins[index + 1] ?? NaN;
    if (![value, from, to].every(Number.isFinite)) return [];
    const tall = most > 0 ? (Math.max(0, value) / most) * height : 0;
    return [{ x: ((from - low) / span) * width, y: height - tall, width: ((to - from) / span) * width, height: tall, from, to, value }];
  });
}

function svg(name: string, attributes: Record<string, string | number>, ...children: Node[]): Element {
  const made = document.createElementNS(NAMESPACE, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.append(...children);
  return made;
}

/** The drawing with its two ends written under it. */
export function histogramElement(payload: Bins, label: string): HTMLElement {
  const bars = histogramBars(payload, WIDTH, HEIGHT).map((bar) => {
    const title = svg("title", {});
    title.textContent = `${formatNumber(bar.from)} to ${formatNumber(bar.to)}: ${formatNumber(bar.value)}`;
    const gap = Math.min(1, bar.width / 8);
    return svg("rect", { x: bar.x + gap / 2, y: bar.y, width: Math.max(0.5, bar.width - gap), height: bar.height }, title);
  });
  const line = svg("line", { x1: 0, x2: WIDTH, y1: HEIGHT, y2: HEIGHT });
  const drawing = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT + 1}`, class: "histogram", role: "img", "aria-label": label }, ...bars, line);
  const ends = element(
    "div",
    { class: "histogram-ends" },
    element("span", {}, formatNumber(payload.bins[0] ?? NaN)),
    element("span", {}, formatNumber(payload.bins[payload.bins.length - 1] ?? NaN)),
  );
  const box = element("div", { class: "histogram-box" });
  box.append(drawing, ends);
  return box;
}
