/**
 * What several runs of a group say together: the twin of reportgen/frames/groups.py, on the entries that are at hand.
 *
 * Runs are aligned on the places that any of them has. Between two of its points a run counts with the line between them,
 * beyond its ends not at all. More places than MOST_PLACES are folded into cells of neighbouring ones: there a run counts
 * with the mean of its own points in the cell, and the band from the least to the greatest keeps their extremes.
 */
import type { BandKind, Center } from "../types";
import type { Entries } from "./curve";
import { lowerBound } from "./plane";

export interface Statistic {
  center: Center;
  band: BandKind;
}

/** Columns of equal length: an entry for each place, or for each cell of `bucket` places, whose last is its place. */
export interface GroupBand {
  x: Float64Array;
  /** NaN where no run counts; so are low and high */
  center: Float64Array;
  /** edges of the band; the center without one */
  low: Float64Array;
  high: Float64Array;
  /** runs that count */
  count: Float64Array;
  bucket: number;
}

const MOST_PLACES = 4096;
/** Numbers held at once, whatever the size of the group. */
const AT_ONCE = 2 ** 20;
/** Two-sided 97.5 % points of Student's t by degrees of freedom, from 1 on. */
const STUDENT = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11, 2.101, 2.093,
  2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
];
const NORMAL = 1.96;

/** How many standard errors of a mean of so many numbers, at least two, a 95 % confidence interval reaches. */
export function studentT(count: number): number {
  return STUDENT[count - 2] ?? NORMAL;
}

function sameNumbers(a: Float64Array, b: Float64Array): boolean {
  return a === b || (a.length === b.length && a.every((value, index) => value === b[index]));
}

/** Every place that any of these columns has, rising, each once. Mostly the runs of a group have the same places. */
function union(every: readonly Float64Array[]): Float64Array {
  const columns = every.filter((column, index) => index === 0 || !sameNumbers(column, every[index - 1] as Float64Array));
  const all = new Float64Array(columns.reduce((length, column) => length + column.length, 0));
  let length = 0;
  for (const column of columns) {
    all.set(column, length);
    length += column.length;
  }
  all.sort();
  let kept = 0;
  for (const place of all) if (kept === 0 || place !== all[kept - 1]) all[kept++] = place;
  return all.subarray(0, kept);
}

/** The numbers of a run: its points, and what they come to in each cell that has any. */
interface Track {
  at: number[];
  values: number[];
  cells: number[];
  mean: number[];
  low: number[];
  high: number[];
}

/** The numbers of a run, the last one at each place; null if it has none. */
function trackOf({ x, last, mean, min, max }: Entries, places: Float64Array, bucket: number): Track | null {
  const track: Track = { at: [], values: [], cells: [], mean: [], low: [], high: [] };
  const source = mean ?? last;
  let place = 0;
  let sizes: number[] = [];
  for (let index = 0; index < x.length; index += 1) {
    const [here, value] = [x[index] as number, source[index] as number];
    if (x[index + 1] === here || !Number.isFinite(value)) continue;
    while ((places[place] as number) < here) place += 1;
    const cell = Math.floor(place / bucket);
    const end = track.cells.length - 1;
    const [low, high] = [min?.[index] ?? value, max?.[index] ?? value];
    track.at.push(here);
    track.values.push(value);
    if (track.cells[end] === cell) {
      (sizes[end] as number) += 1;
      track.low[end] = Math.min(track.low[end] as number, low);
      track.high[end] = Math.max(track.high[end] as number, high);
    } else {
      track.cells.push(cell);
      track.low.push(low);
      track.high.push(high);
      sizes.push(1);
    }
  }
  let from = 0;
  for (const size of sizes) {
    track.mean.push(size === 1 ? (track.values[from] as number) : moments(Float64Array.from(track.values.slice(from, from + size)).sort()).mean);
    from += size;
  }
  return track.at.length ? track : null;
}

/** Where the line through the points is at a place between them; `after` is the first point not before it. */
function lineAt({ at, values }: Track, after: number, place: number): number {
  const value = values[after] as number;
  if (at[after] === place) return value;
  const [x0, x1, y0] = [at[after - 1] as number, at[after] as number, values[after - 1] as number];
  const line = y0 + (value - y0) * ((place - x0) / (x1 - x0));
  return Number.isFinite(line) ? line : value;
}

/** Calls back with what a run says in each cell of a part, where it counts. */
function eachCell(track: Track, x: Float64Array, [from, end]: readonly [number, number], tell: (cell: number, mean: number, low: number, high: number) => void): void {
  const { at, cells } = track;
  const first = Math.max(from, cells[0] as number);
  const last = Math.min(end - 1, cells[cells.length - 1] as number);
  if (first > last) return;
  let own = lowerBound(cells, first);
  let after = lowerBound(at, x[first] as number);
  for (let cell = first; cell <= last; cell += 1) {
    if (cells[own] === cell) {
      tell(cell, track.mean[own] as number, track.low[own] as number, track.high[own] as number);
      own += 1;
      continue;
    }
    const place = x[cell] as number;
    while ((at[after] as number) < place) after += 1;
    const value = lineAt(track, after, place);
    tell(cell, value, value, value);
  }
}

/** Mean and sample standard deviation of numbers in rising order; one number has a deviation of 0. */
function moments(ranked: Float64Array): { mean: number; deviation: number } {
  const [least, greatest] = [ranked[0] as number, ranked[ranked.length - 1] as number];
  const count = ranked.length;
  // Dividing first keeps the mean of the largest floats finite.
  let sum = 0;
  for (let index = 0; index < count; index += 1) sum += (ranked[index] as number) / count;
  const mean = Math.min(Math.max(sum, least), greatest);
  // Squares of very large and very small numbers are no numbers any more; a power of two loses nothing.
  const largest = Math.max(Math.abs(least), Math.abs(greatest));
  const unit = largest > 1e150 ? 2 ** -540 : largest < 1e-150 ? 2 ** 540 : 1;
  let squares = 0;
  for (let index = 0; index < count; index += 1) {
    const away = (ranked[index] as number) * unit - mean * unit;
    squares += away * away;
  }
  return { mean, deviation: Math.sqrt(squares / Math.max(count - 1, 1)) / unit };
}

function median(ranked: Float64Array): number {
  const [low, high] = [ranked[(ranked.length - 1) >> 1] as number, ranked[ranked.length >> 1] as number];
  return low === high ? low : low / 2 + high / 2;
}

/** Center, low and high of numbers in rising order; those of a band from the least to the greatest are found elsewhere. */
function summary(ranked: Float64Array, { center, band }: Statistic): { center: number; low: number; high: number } {
  const count = ranked.length;
  const { mean, deviation } = moments(ranked);
  const middle = center === "mean" ? mean : median(ranked);
  if (band === "none" || band === "minmax") return { center: middle, low: middle, high: middle };
  const error = deviation / Math.sqrt(count);
  const half = band === "std" ? deviation : band === "sem" || count < 2 ? error : error * studentT(count);
  return { center: middle, low: Math.max(mean - half, -Number.MAX_VALUE), high: Math.min(mean + half, Number.MAX_VALUE) };
}

function gaps(length: number): Float64Array {
  return new Float64Array(length).fill(NaN);
}

/** The band of the runs of a group: what each of them has along one axis. Their order does not matter. */
export function groupBand(members: readonly Entries[], statistic: Statistic): GroupBand {
  const places = union(members.map(({ x }) => x));
  let bucket = 1;
  while (Math.ceil(places.length / bucket) > MOST_PLACES) bucket *= 2;
  const length = Math.ceil(places.length / bucket);
  const x = Float64Array.from({ length }, (_, cell) => places[Math.min((cell + 1) * bucket, places.length) - 1] as number);
  const tracks = members.flatMap((member) => trackOf(member, places, bucket) ?? []);
  const made: GroupBand = { x, center: gaps(length), low: gaps(length), high: gaps(length), count: new Float64Array(length), bucket };
  const extremes = statistic.band === "minmax";
  const chunk = Math.max(1, Math.floor(AT_ONCE / Math.max(1, tracks.length)));
  for (let first = 0; first < length; first += chunk) {
    const part = [first, Math.min(first + chunk, length)] as const;
    const values = new Float64Array((part[1] - first) * tracks.length);
    const put = (cell: number, mean: number, low: number, high: number) => {
      values[(cell - first) * tracks.length + (made.count[cell] as number)] = mean;
      (made.count[cell] as number) += 1;
      if (!extremes) return;
      // Comparisons with NaN, which stands there at first, are false.
      if (!((made.low[cell] as number) <= low)) made.low[cell] = low;
      if (!((made.high[cell] as number) >= high)) made.high[cell] = high;
    };
    for (const track of tracks) eachCell(track, x, part, put);
    for (let cell = first; cell < part[1]; cell += 1) {
      const start = (cell - first) * tracks.length;
      // In order of size the order of the runs is forgotten: a sum of floats depends on it.
      const ranked = values.subarray(start, start + (made.count[cell] as number)).sort();
      if (!ranked.length) continue;
      const found = summary(ranked, statistic);
      made.center[cell] = found.center;
      if (extremes) continue;
      made.low[cell] = found.low;
      made.high[cell] = found.high;
    }
  }
  return made;
}
