/** What expressions can do: each operation on numbers, and on bounds of numbers. */

/** From the least to the greatest; an end that is no number is not known. */
export type Range = readonly [number, number];

export interface Operation {
  arity: number;
  value: (...parts: number[]) => number;
  /** bounds of the value where the parts are within bounds */
  range: (...parts: Range[]) => Range;
}

const UNBOUNDED: Range = [-Infinity, Infinity];

function isAcross0([low, high]: Range): boolean {
  return low <= 0 && high >= 0;
}

/** The least and the greatest of what is a number. */
function ends(values: readonly number[]): Range {
  let [low, high] = [NaN, NaN];
  for (const value of values) {
    // Comparisons with NaN, which stands there at first, are false.
    if (!(low <= value) && !Number.isNaN(value)) low = value;
    if (!(high >= value) && !Number.isNaN(value)) high = value;
  }
  return [low, high];
}

/** Every choice of one end of each part. */
function corners(parts: readonly Range[]): number[][] {
  return parts.reduce<number[][]>((all, [low, high]) => all.flatMap((some) => (low === high ? [[...some, low]] : [[...some, low], [...some, high]])), [[]]);
}

/** An operation that rises or falls in each of its parts: its bounds are at their ends. */
function monotone(arity: number, value: Operation["value"]): Operation {
  return { arity, value, range: (...parts) => ends(corners(parts).map((some) => value(...some))) };
}

const DIVIDE = monotone(2, (a = NaN, b = NaN) => a / b);
const POWER = monotone(2, (a = NaN, b = NaN) => a ** b);
const ABS = monotone(1, (a = NaN) => Math.abs(a));
const NO_RANGE: Range = [NaN, NaN];

export const OPERATORS: Readonly<Record<string, Operation>> = {
  "+": monotone(2, (a = NaN, b = NaN) => a + b),
  "-": monotone(2, (a = NaN, b = NaN) => a - b),
  "*": monotone(2, (a = NaN, b = NaN) => a * b),
  "/": { ...DIVIDE, range: (a = NO_RANGE, b = NO_RANGE) => (isAcross0(b) ? UNBOUNDED : DIVIDE.range(a, b)) },
  "^": {
    ...POWER,
    range: (base = NO_RANGE, exponent = NO_RANGE) => {
      if (!isAcross0(base)) return POWER.range(base, exponent);
      if (exponent[0] < 0) return UNBOUNDED;
      const [low, high] = POWER.range(base, exponent);
      return ends([low, high, 0 ** exponent[0], 0 ** exponent[1]]);
    },
  },
};

export const FUNCTIONS: Readonly<Record<string, Operation>> = {
  abs: { ...ABS, range: (a = NO_RANGE) => (isAcross0(a) ? [0, ABS.range(a)[1]] : ABS.range(a)) },
  exp: monotone(1, (a = NaN) => Math.exp(a)),
  log: monotone(1, (a = NaN) => Math.log(a)),
  log2: monotone(1, (a = NaN) => Math.log2(a)),
  log10: monotone(1, (a = NaN) => Math.log10(a)),
  sqrt: monotone(1, (a = NaN) => Math.sqrt(a)),
  min: monotone(2, (a = NaN, b = NaN) => Math.min(a, b)),
  max: monotone(2, (a = NaN, b = NaN) => Math.max(a, b)),
};
