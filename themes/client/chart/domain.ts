/** What part of the world a plot shows: domains from data, zoom and pan. */
import { type Shape, lowerBound, upperBound } from "./plane";

export type Domain = readonly [number, number];

const PADDING = 0.04;
/** A zoom stops where numbers do. */
const LEAST_RELATIVE_SPAN = 1e-9;

/** From the first x to the last of all lines; null without any points. */
export function extentX(columns: readonly Float64Array[]): Domain | null {
  let low = Infinity;
  let high = -Infinity;
  for (const x of columns) {
    if (x.length === 0) continue;
    low = Math.min(low, x[0] as number);
    high = Math.max(high, x[x.length - 1] as number);
  }
  return low <= high ? [low, high] : null;
}

/** The x domain of a plot: a single point gets room on both sides. On a logarithmic axis all points are above 0. */
export function domainX(columns: readonly Float64Array[], log = false): Domain {
  const extent = extentX(columns);
  if (!extent) return log ? [1, 10] : [0, 1];
  const [low, high] = extent;
  if (low < high) return extent;
  return log ? [low / 2, low * 2] : [low - 0.5, high + 0.5];
}

/** A domain where equal distances are equal to the eye. */
export function onScale([low, high]: Domain, log: boolean): Domain {
  return log ? [Math.log(low), Math.log(high)] : [low, high];
}

/** The domain again that `onScale` was given. */
export function offScale([low, high]: Domain, log: boolean): Domain {
  return log ? [Math.exp(low), Math.exp(high)] : [low, high];
}

/** The part of a zoom that is on a logarithmic axis; all of it when there is none. */
export function above0(zoom: Domain, whole: Domain): Domain {
  const low = Math.max(zoom[0], whole[0]);
  return zoom[1] > low ? [low, zoom[1]] : whole;
}

/** Where a line crosses a place in x between two of its points; NaN outside of the line and beside a gap. */
function crossing(shape: Shape, place: number): number {
  const after = lowerBound(shape.x, place);
  const [x0, x1] = [shape.x[after - 1], shape.x[after]];
  const [y0, y1] = [shape.last[after - 1], shape.last[after]];
  if (x0 === undefined || x1 === undefined || y0 === undefined || y1 === undefined || x0 === x1) return NaN;
  return y0 + ((place - x0) / (x1 - x0)) * (y1 - y0);
}

/** The least and greatest value within a range of x; only positive ones count on a logarithmic axis. */
export function extentY(shapes: readonly Shape[], x: Domain, log: boolean): Domain | null {
  let low = Infinity;
  let high = -Infinity;
  const add = (value: number) => {
    if (log && !(value > 0)) return;
    if (value < low) low = value;
    if (value > high) high = value;
  };
  for (const shape of shapes) {
    const end = upperBound(shape.x, x[1]);
    for (let index = lowerBound(shape.x, x[0]); index < end; index += 1) {
      add(shape.last[index] as number);
      if (shape.min) add(shape.min[index] as number);
      if (shape.max) add(shape.max[index] as number);
    }
    // What comes into the picture from a point outside of it.
    for (const edge of x) add(crossing(shape, edge));
  }
  return low <= high ? [low, high] : null;
}

/** The y domain of a plot. */
export function domainY(shapes: readonly Shape[], x: Domain, log: boolean): Domain {
  return domainOf(extentY(shapes, x, log), log);
}

/** A little more than the least and greatest value, never empty. */
export function domainOf(extent: Domain | null, log: boolean): Domain {
  if (!extent) return log ? [0.1, 1] : [0, 1];
  const [low, high] = extent;
  if (log) {
    const factor = high > low ? (high / low) ** PADDING : 2;
    return [low / factor, high * factor];
  }
  const room = high > low ? (high - low) * PADDING : Math.abs(low) * 0.1 || 0.5;
  return [low - room, high + room];
}

/** A domain scaled about a point of it: a factor of 2 shows twice as much. */
export function zoomed(domain: Domain, about: number, factor: number): Domain {
  return [about + (domain[0] - about) * factor, about + (domain[1] - about) * factor];
}

/** A domain moved and cut so that it stays within the whole; null when it is the whole, or no domain at all. */
export function within(domain: Domain, whole: Domain): Domain | null {
  const size = whole[1] - whole[0];
  const span = domain[1] - domain[0];
  if (!(span < size * (1 - 1e-9))) return null;
  if (!(span > Math.max(Math.abs(whole[0]), Math.abs(whole[1]), size) * LEAST_RELATIVE_SPAN)) return null;
  const shift = Math.max(whole[0] - domain[0], 0) + Math.min(whole[1] - domain[1], 0);
  return [domain[0] + shift, domain[1] + shift];
}

/** How many drawn values have no place on a logarithmic axis. */
export function countNonPositive(shapes: readonly Shape[], x: Domain): number {
  let count = 0;
  for (const { x: column, last, min } of shapes) {
    const end = upperBound(column, x[1]);
    for (let index = lowerBound(column, x[0]); index < end; index += 1) {
      if ((last[index] as number) <= 0 || (min && (min[index] as number) <= 0)) count += 1;
    }
  }
  return count;
}
