/** Where axes have ticks and what stands there. Vega draws them; we choose them, so that durations and decades read well. */
import { formatDurationShort, formatNumber } from "../format";

export type TickKind = "number" | "duration" | "log" | "time";

const DURATION_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400];
const DAY = 86400;
const UNITS = [
  [1e9, "B"],
  [1e6, "M"],
  [1e3, "k"],
] as const;

/** The 1, 2, 5 or 10 times a power of ten that is nearest to `size`, as a ratio. */
function niceStep(size: number): number {
  const power = 10 ** Math.floor(Math.log10(size));
  const ratio = size / power;
  return power * (ratio >= Math.sqrt(50) ? 10 : ratio >= Math.sqrt(10) ? 5 : ratio >= Math.sqrt(2) ? 2 : 1);
}

function multiples(low: number, high: number, step: number): number[] {
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  // Step sizes are decimal, and a quotient of whole numbers prints without the dust that a product has.
  const inverse = step < 1 ? Math.round(1 / step) : 0;
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) =>
    inverse ? (first + index) / inverse : (first + index) * step,
  );
}

/** About `count` round numbers between two bounds. */
export function numberTicks(low: number, high: number, count: number): number[] {
  if (!(high > low)) return [low];
  return multiples(low, high, niceStep((high - low) / Math.max(1, count)));
}

/** Round durations between two bounds, in seconds. */
export function durationTicks(low: number, high: number, count: number): number[] {
  if (!(high > low)) return [low];
  const size = (high - low) / Math.max(1, count);
  if (size <= 1) return numberTicks(low, high, count);
  const step = DURATION_STEPS.find((candidate) => candidate >= size * 0.75) ?? niceStep(size / DAY) * DAY;
  return multiples(low, high, step);
}

/** Decades between two positive bounds; within less than two decades 2 and 5 too, and plain numbers within a part of one. */
export function logTicks(low: number, high: number, count: number): number[] {
  if (!(high > low) || low <= 0) return [low];
  const from = Math.floor(Math.log10(low));
  const to = Math.ceil(Math.log10(high));
  const decades = Math.log10(high / low);
  if (decades < 0.7) return numberTicks(low, high, count);
  const every = decades > count ? Math.ceil(decades / count) : 1;
  const within = decades < 2 ? [1, 2, 5] : [1];
  const ticks: number[] = [];
  for (let exponent = from; exponent <= to; exponent += every) {
    for (const multiple of within) ticks.push(Number(`${multiple}e${exponent}`));
  }
  return ticks.filter((tick) => tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9));
}

/** How a tick is written; `step` is the distance between ticks and decides the digits. */
export function formatTick(value: number, kind: TickKind, step: number): string {
  if (kind === "duration") return formatDurationShort(value);
  if (value === 0) return "0";
  if (kind === "log" && !(step > 0)) return formatNumber(value, 3);
  const size = Math.max(Math.abs(value), step);
  const unit = size >= 1e4 ? UNITS.find(([least]) => size >= least) : undefined;
  const [divisor, suffix] = unit ?? [1, ""];
  const decimals = Math.max(0, -Math.floor(Math.log10(step / divisor) + 1e-9));
  if (!unit && (decimals > 5 || size >= 1e12)) return formatNumber(value, 3);
  const text = (value / divisor).toFixed(Math.min(decimals, 6));
  return (suffix && text.includes(".") ? text.replace(/\.?0+$/, "") : text) + suffix;
}

/** The distance between ticks, 0 when they are not evenly spaced. */
export function tickStep(ticks: readonly number[]): number {
  const [first, second] = ticks;
  const last = ticks[ticks.length - 1];
  if (first === undefined || second === undefined || last === undefined) return 0;
  const even = Math.abs(last - first - (second - first) * (ticks.length - 1)) < Math.abs(second - first) * 1e-3;
  return even ? second - first : 0;
}
