/** Previews: every run of a metric in a few entries, drawn until somebody looks closely. Made by reportgen/frames/preview.py. */
import { column } from "../data";
import type { Curve, PreviewPart } from "../types";

const STEPS = 254;
/** the level of no value */
const NONE = 255;
const ROWS = 3;

/** Halves first, for the whole may be more than a number holds. */
function between(low: number, high: number, level: number): number {
  return level === NONE ? NaN : low + 2 * ((high / 2 - low / 2) * (level / STEPS));
}

/** Part of an entry's width before its first extreme, and after its second. */
const MARGIN = 0.25;

interface Entry {
  min: number;
  max: number;
  /** where it ends */
  end: number;
}

/**
 * A line through both extremes of each entry, which falls in entries that lie below the one before, and rises in others. The
 * extremes stand side by side: above each other they would be strokes, at the same places in all runs.
 */
function through(entries: readonly Entry[], first: number): { step: Float64Array; last: Float64Array } {
  const middle = (entry: Entry) => (entry.min + entry.max) / 2;
  const [step, last] = [new Float64Array(2 * entries.length), new Float64Array(2 * entries.length)];
  entries.forEach((entry, index) => {
    const [before, after] = [entries[index - 1], entries[index + 1]];
    const falls = before ? middle(entry) < middle(before) : after ? middle(after) < middle(entry) : false;
    const start = before ? before.end : first;
    const margin = (entry.end - start) * MARGIN;
    step[2 * index] = before ? start + margin : start;
    step[2 * index + 1] = after ? entry.end - margin : entry.end;
    last[2 * index] = falls ? entry.max : entry.min;
    last[2 * index + 1] = falls ? entry.min : entry.max;
  });
  return { step, last };
}

/** The curves of a preview: over steps alone, and without counts of what is not finite. */
export function previewCurves(part: PreviewPart): Curve[] {
  const [runs, rows, first, last, low, high] = [part.runs, part.rows, part.first, part.last, part.low, part.high].map(column) as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
  const levels = atob(part.levels);
  const most = runs.length ? Math.floor(levels.length / ROWS / runs.length) : 0;
  return Array.from(runs, (run, index) => {
    const count = rows[index] as number;
    const bucket = 2 ** Math.max(0, Math.ceil(Math.log2(count / most)));
    const [from, to, begin, end] = [low, high, first, last].map((numbers) => numbers[index]) as [number, number, number, number];
    const level = (row: number, entry: number) => levels.charCodeAt((index * ROWS + row) * most + entry);
    const entries = Array.from({ length: Math.ceil(count / bucket) }, (_, entry) => ({
      min: between(from, to, level(0, entry)),
      max: between(from, to, level(1, entry)),
      end: between(begin, end, level(2, entry)),
    }));
    const points = bucket > 1 ? through(entries, begin) : { step: Float64Array.from(entries, (entry) => entry.end), last: Float64Array.from(entries, (entry) => entry.max) };
    return { run, rows: count, bucket: Math.max(1, bucket / 2), time: [], ...points };
  });
}
