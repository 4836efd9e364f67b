/** A histogram that a run logged again and again: steps to the right, values up, and how dense they are as colour. */
import { formatNumber, formatStep } from "../../format";
import type { Numbers, RunMedium } from "../../types";
import { between } from "./colours";
import type { Look, Nothing, Picture } from "./chart";
import { plural } from "./columns";
import type { Hit } from "./hits";
import type { Mark } from "./marks";
import { type Frame, labelWidth, numberScale, xAxis, yAxis } from "./scales";

/** A histogram at a step: edges, of which there is one more than counts. */
export interface Slice {
  step: number;
  bins: readonly number[];
  values: readonly number[];
}

/** The histograms among what was logged under a key; of several at a step the last. */
export function slicesOf(media: readonly RunMedium[], column: (numbers: Numbers) => ArrayLike<number>): Slice[] {
  const at = new Map<number, Slice>();
  for (const { step, bins, values } of media) {
    const edges = bins ? Array.from(column(bins)) : [];
    if (values && edges.length === values.length + 1) at.set(step, { step, bins: edges, values });
  }
  return [...at.values()].sort((a, b) => a.step - b.step);
}

/** How much of a slice there is per unit of value in each bin: what makes bins of unequal width alike. */
export function densities({ bins, values }: Slice): number[] {
  const total = values.reduce((sum, value) => sum + Math.max(0, value), 0);
  return values.map((value, index) => {
    const width = (bins[index + 1] as number) - (bins[index] as number);
    return total > 0 && width > 0 ? Math.max(0, value) / total / width : 0;
  });
}

/** Where the column of each slice begins and ends: halfway to its neighbours. */
export function stepEdges(steps: readonly number[]): number[] {
  const [first = 0] = steps;
  const last = steps[steps.length - 1] ?? 0;
  if (steps.length < 2) return [first - 0.5, first + 0.5];
  const inner = steps.slice(1).map((step, index) => (step + (steps[index] as number)) / 2);
  return [first - ((inner[0] as number) - first), ...inner, last + (last - (inner[inner.length - 1] as number))];
}

function cellMarks(slices: readonly Slice[], at: { x: (step: number) => number; y: (value: number) => number }, { theme }: Look): Mark[] {
  const edges = stepEdges(slices.map(({ step }) => step));
  const dense = slices.map(densities);
  const most = dense.reduce((top, column) => column.reduce((a, b) => Math.max(a, b), top), 0);
  const marks: Mark[] = [];
  slices.forEach(({ bins }, index) => {
    const [left, right] = [at.x(edges[index] as number), at.x(edges[index + 1] as number)];
    dense[index]?.forEach((density, bin) => {
      if (!density) return;
      const [low, high] = [at.y(bins[bin] as number), at.y(bins[bin + 1] as number)];
      // The root, or a single sharp peak would leave all else white; a hair wider, so that no seams shine through.
      const colour = between([theme.page, theme.accent], 0.08 + 0.92 * Math.sqrt(density / most));
      marks.push({ mark: "box", x: left, y: high, width: right - left + 0.4, height: Math.max(0.5, low - high + 0.4), colour });
    });
  });
  return marks;
}

function quantile({ bins, values }: Slice, share: number): number {
  const total = values.reduce((sum, value) => sum + Math.max(0, value), 0);
  let below = 0;
  for (const [index, value] of values.entries()) {
    const count = Math.max(0, value);
    if (count > 0 && below + count >= share * total) {
      const [low, high] = [bins[index] as number, bins[index + 1] as number];
      return low + (high - low) * ((share * total - below) / count);
    }
    below += count;
  }
  return NaN;
}

/** Steps in words on a hit: the ends, the middle, and how many values. */
function pairsOf(slice: Slice): [string, string][] {
  const total = slice.values.reduce((sum, value) => sum + Math.max(0, value), 0);
  const ends = `${formatNumber(slice.bins[0] ?? NaN)} – ${formatNumber(slice.bins[slice.bins.length - 1] ?? NaN)}`;
  const middle = [0.1, 0.5, 0.9].map((share) => formatNumber(quantile(slice, share), 3));
  return [
    ["step", formatStep(slice.step)],
    ["from, to", ends],
    ["10 %, median, 90 %", middle.join(", ")],
    ["values", formatNumber(total, 6)],
  ];
}

/** The heat map of one run. */
export function heatmapPicture(metric: string, run: string, slices: readonly Slice[], look: Look): Picture | Nothing {
  if (!slices.length) return { why: `${run} has logged no histogram of “${metric}” that can be drawn.` };
  const { size, theme, measure } = look;
  const frame: Frame = { left: 0, right: size.width - 8, top: 6, bottom: size.height - 24 };
  const values = slices.flatMap(({ bins }) => [bins[0] as number, bins[bins.length - 1] as number]);
  const y = numberScale({ values, from: frame.bottom, to: frame.top, count: Math.max(2, (frame.bottom - frame.top) / 50), room: 0 });
  frame.left = labelWidth(y, size.width * 0.3, measure);
  const edges = stepEdges(slices.map(({ step }) => step));
  const x = numberScale({ values: edges, from: frame.left, to: frame.right, count: Math.max(2, (frame.right - frame.left) / 90), room: 0 });
  const cells = cellMarks(slices, { x: x.place, y: y.place }, look);
  const hits = slices.map((slice, index): Hit => {
    const [left, right] = [x.place(edges[index] as number), x.place(edges[index + 1] as number)];
    return { x: (left + right) / 2, y: (frame.top + frame.bottom) / 2, width: right - left, height: frame.bottom - frame.top, pairs: pairsOf(slice) };
  });
  const [first, last] = [slices[0] as Slice, slices[slices.length - 1] as Slice];
  return {
    marks: [...xAxis(x, frame, theme, measure), ...yAxis(y, frame, theme, measure), ...cells],
    hits,
    note: `${plural(slices.length, "histogram")} · stronger: more values`,
    summary:
      `${metric} of ${run}: ${plural(slices.length, "histogram")} from step ${formatStep(first.step)} to ${formatStep(last.step)}; ` +
      `the median goes from ${formatNumber(quantile(first, 0.5), 3)} to ${formatNumber(quantile(last, 0.5), 3)}.`,
    table: {
      columns: ["step", "least", "10 %", "median", "90 %", "greatest", "values"],
      rows: slices.map((slice) => [
        slice.step,
        slice.bins[0] ?? NaN,
        ...[0.1, 0.5, 0.9].map((share) => quantile(slice, share)),
        slice.bins[slice.bins.length - 1] ?? NaN,
        slice.values.reduce((sum, value) => sum + Math.max(0, value), 0),
      ]),
    },
  };
}
