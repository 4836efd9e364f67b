/** Histograms of many steps on one scale, whatever bins each had. */

export interface Counts {
  step: number;
  bins: ArrayLike<number>;
  values: ArrayLike<number>;
}

/** For each step the share of its counts in each of `size` equal parts from `low` to `high`. */
export interface HistogramGrid {
  steps: number[];
  low: number;
  high: number;
  size: number;
  /** by step */
  counts: Float64Array[];
  most: number;
}

/** The histograms on one scale. Counts are spread evenly over their bins. */
export function histogramGrid(items: readonly Counts[], size: number): HistogramGrid {
  let low = Infinity;
  let high = -Infinity;
  for (const { bins } of items) {
    low = Math.min(low, bins[0] ?? Infinity);
    high = Math.max(high, bins[bins.length - 1] ?? -Infinity);
  }
  if (!(low < high)) [low, high] = Number.isFinite(low) ? [low - 0.5, low + 0.5] : [0, 1];
  const counts = items.map((item) => spread(item, low, high, size));
  return { steps: items.map(({ step }) => step), low, high, size, counts, most: Math.max(0, ...counts.map((each) => Math.max(...each))) };
}

function spread({ bins, values }: Counts, low: number, high: number, size: number): Float64Array {
  const out = new Float64Array(size);
  const scale = size / (high - low);
  for (let bin = 0; bin < values.length; bin += 1) {
    const count = values[bin] as number;
    if (!(count > 0)) continue;
    const from = ((bins[bin] as number) - low) * scale;
    const to = ((bins[bin + 1] as number) - low) * scale;
    const first = Math.max(0, Math.min(size - 1, Math.floor(from)));
    const last = Math.max(first, Math.min(size - 1, Math.ceil(to) - 1));
    for (let part = first; part <= last; part += 1) {
      const overlap = to > from ? (Math.min(to, part + 1) - Math.max(from, part)) / (to - from) : 1;
      out[part] = (out[part] as number) + count * Math.max(0, overlap);
    }
  }
  return out;
}

/** How much of the greatest count a count is, from 0 to 1; with `log`, of its logarithm. */
export function strength(count: number, most: number, log: boolean): number {
  if (!(count > 0) || !(most > 0)) return 0;
  return log ? Math.log1p(count) / Math.log1p(most) : count / most;
}

/** At most so many of some numbers of steps, evenly spread, the first and the last among them. */
export function evenPlaces(count: number, most: number): number[] {
  if (count <= most) return Array.from({ length: count }, (_, place) => place);
  return Array.from({ length: most }, (_, place) => Math.round((place * (count - 1)) / (most - 1)));
}
