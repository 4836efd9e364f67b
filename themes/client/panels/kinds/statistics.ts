/** A few numbers in one: center, and how far they are apart. The same words mean the same as for groups of lines. */
import { type Statistic, studentT } from "../../chart/groups";

export interface Summary {
  n: number;
  center: number;
  low: number;
  high: number;
}

/** What finite numbers come to. A single one has no spread: its band is itself. */
export function summaryOf(numbers: readonly number[], { center, band }: Statistic): Summary {
  const ranked = numbers.filter(Number.isFinite).sort((a, b) => a - b);
  const n = ranked.length;
  if (!n) return { n, center: NaN, low: NaN, high: NaN };
  const mean = ranked.reduce((sum, value) => sum + value / n, 0);
  const half = n >> 1;
  const median = n % 2 ? (ranked[half] as number) : ((ranked[half - 1] as number) + (ranked[half] as number)) / 2;
  const middle = center === "median" ? median : mean;
  if (band === "none" || n === 1) return { n, center: middle, low: middle, high: middle };
  if (band === "minmax") return { n, center: middle, low: ranked[0] as number, high: ranked[n - 1] as number };
  const deviation = Math.sqrt(ranked.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1));
  const reach = band === "std" ? deviation : (deviation / Math.sqrt(n)) * (band === "ci95" ? studentT(n) : 1);
  return { n, center: middle, low: mean - reach, high: mean + reach };
}

/** The rank of each number among all; equal ones share the mean of theirs. */
function ranks(numbers: readonly number[]): number[] {
  const order = numbers.map((_, index) => index).sort((a, b) => (numbers[a] as number) - (numbers[b] as number));
  const out = new Array<number>(numbers.length);
  for (let from = 0; from < order.length; ) {
    let end = from + 1;
    while (end < order.length && numbers[order[end] as number] === numbers[order[from] as number]) end += 1;
    for (let place = from; place < end; place += 1) out[order[place] as number] = (from + end - 1) / 2;
    from = end;
  }
  return out;
}

/** Pearson's correlation of two lists of equal length; NaN where one of them is constant. */
function pearson(a: readonly number[], b: readonly number[]): number {
  const n = a.length;
  const [meanA, meanB] = [a, b].map((list) => list.reduce((sum, value) => sum + value / n, 0)) as [number, number];
  let [both, squareA, squareB] = [0, 0, 0];
  for (let index = 0; index < n; index += 1) {
    const [x, y] = [(a[index] as number) - meanA, (b[index] as number) - meanB];
    both += x * y;
    squareA += x * x;
    squareB += y * y;
  }
  return squareA > 0 && squareB > 0 ? both / Math.sqrt(squareA * squareB) : NaN;
}

/** Spearman's rank correlation: what only grows is 1, on whatever scale. */
export function rankCorrelation(a: readonly number[], b: readonly number[]): number {
  return pearson(ranks(a), ranks(b));
}

/** The share of a number's variance that lies between the groups of some words, 0 to 1 (eta squared); NaN where there is none. */
export function varianceBetween(words: readonly string[], numbers: readonly number[]): number {
  const n = numbers.length;
  const mean = numbers.reduce((sum, value) => sum + value / n, 0);
  const groups = new Map<string, number[]>();
  words.forEach((word, index) => {
    const own = groups.get(word);
    if (own) own.push(numbers[index] as number);
    else groups.set(word, [numbers[index] as number]);
  });
  let between = 0;
  for (const members of groups.values()) {
    const own = members.reduce((sum, value) => sum + value / members.length, 0);
    between += members.length * (own - mean) ** 2;
  }
  const whole = numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return whole > 0 ? between / whole : NaN;
}
