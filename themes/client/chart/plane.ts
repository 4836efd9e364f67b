/**
 * Curves on a plane: how a whole run becomes one path, straight from its columns.
 *
 * Vega's shape mark asks its projection for a path; ours is this one, an affine map with separate x and y domains (y may
 * be logarithmic). Each pixel column gets the extremes of all points that fall into it, so a one-step spike is never lost.
 */

/** Columns of one line; x does not decrease. A gap is NaN in `last`. `min` and `max` are there when points stand for many. */
export interface Shape {
  x: Float64Array;
  last: Float64Array;
  min: Float64Array | null;
  max: Float64Array | null;
}

/** A shape whose extremes are the edges of an area. */
export interface Band extends Shape {
  band: true;
}

/** From data to pixels; y points down, so `y[0]` is drawn at `height`. */
export interface Plane {
  x: readonly [number, number];
  y: readonly [number, number];
  width: number;
  height: number;
  log: boolean;
  /** x is logarithmic; its domain is above 0 */
  logX?: boolean;
}

/** The part of CanvasRenderingContext2D that a path needs; Vega also passes contexts of its own. */
export interface PathContext {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  arc(x: number, y: number, radius: number, from: number, to: number): void;
}

const DOT_RADIUS = 2;

/** The first index whose value is not below `value`. */
export function lowerBound(sorted: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The first index whose value is above `value`. */
export function upperBound(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A function from values of x to pixels from the left. */
function pixelX({ x: [low, high], width, logX }: Plane): (value: number) => number {
  if (!logX) {
    const scale = width / (high - low);
    return (value) => (value - low) * scale;
  }
  const start = Math.log(low);
  const scale = width / (Math.log(high) - start);
  // What is not above 0 lies farther to the left than any canvas reaches.
  return (value) => (value > 0 ? (Math.log(value) - start) * scale : -1e6);
}

/** Pixel from the left for a value of x. */
export function toPixelX(plane: Plane, value: number): number {
  return pixelX(plane)(value);
}

/** The value of x at a pixel from the left. */
export function fromPixelX({ x: [low, high], width, logX }: Plane, pixel: number): number {
  const share = pixel / width;
  return logX ? low * (high / low) ** share : low + share * (high - low);
}

/** A function from values of y to pixels from the top; NaN for what has no place, such as 0 on a logarithmic axis. */
export function pixelY(plane: Plane): (value: number) => number {
  const map = plane.log ? (value: number) => (value > 0 ? Math.log10(value) : NaN) : (value: number) => value;
  const bottom = map(plane.y[0]);
  const scale = plane.height / (map(plane.y[1]) - bottom);
  return (value) => plane.height - (map(value) - bottom) * scale;
}

/** What the points of one pixel column come to. Pixels, so `top` is the smallest y. */
interface Column {
  key: number;
  x: number;
  top: number;
  bottom: number;
  end: number;
}

/** Draws a path segment by segment and knows how much of it stands. */
interface Pen {
  context: PathContext;
  /** points in the open segment; 0 when the pen is up */
  count: number;
  x: number;
  y: number;
}

function draw(pen: Pen, x: number, y: number): void {
  if (pen.count === 0) pen.context.moveTo(x, y);
  else if (pen.x === x && pen.y === y) return;
  else pen.context.lineTo(x, y);
  pen.count += 1;
  pen.x = x;
  pen.y = y;
}

/** A column as a stroke: to the nearer extreme, across to the farther one, and on to the last value. */
function drawColumn(pen: Pen, column: Column): void {
  if (column.top < column.bottom) {
    const fromTop = pen.count > 0 && Math.abs(pen.y - column.top) < Math.abs(pen.y - column.bottom);
    draw(pen, column.x, fromTop ? column.top : column.bottom);
    draw(pen, column.x, fromTop ? column.bottom : column.top);
  }
  draw(pen, column.x, column.end);
}

function liftPen(pen: Pen): void {
  // A lone point has no length, and a stroke of no length is invisible.
  if (pen.count === 1) {
    pen.context.moveTo(pen.x + DOT_RADIUS, pen.y);
    pen.context.arc(pen.x, pen.y, DOT_RADIUS, 0, 2 * Math.PI);
  }
  pen.count = 0;
}

/** Puts a shape into a path: what is inside the plane's x domain, and one point more on each side. */
export function trace(context: PathContext, shape: Shape, plane: Plane): void {
  const { x, last, min, max } = shape;
  const first = Math.max(0, lowerBound(x, plane.x[0]) - 1);
  const end = Math.min(x.length, upperBound(x, plane.x[1]) + 1);
  const toY = pixelY(plane);
  const toX = pixelX(plane);
  const pen: Pen = { context, count: 0, x: 0, y: 0 };
  const column: Column = { key: NaN, x: 0, top: 0, bottom: 0, end: 0 };
  let open = false;
  for (let index = first; index < end; index += 1) {
    const drawn = toY(last[index] as number);
    const isGap = Number.isNaN(drawn);
    // An entry that ends in a gap still has what came before it.
    const y = isGap ? toY(max?.[index] ?? NaN) : drawn;
    if (Number.isNaN(y)) {
      if (open) drawColumn(pen, column);
      open = false;
      liftPen(pen);
      continue;
    }
    const pixel = toX(x[index] as number);
    const key = Math.floor(pixel);
    if (open && key !== column.key) {
      drawColumn(pen, column);
      open = false;
    }
    // On a logarithmic axis an extreme may have no place: then the last value stands for it.
    const top = max ? toY(max[index] as number) : y;
    const bottom = min ? toY(min[index] as number) : y;
    column.top = Math.min(open ? column.top : y, Number.isNaN(top) ? y : top);
    column.bottom = Math.max(open ? column.bottom : y, Number.isNaN(bottom) ? y : bottom);
    column.key = key;
    column.x = pixel;
    column.end = y;
    open = true;
    if (isGap) {
      drawColumn(pen, column);
      open = false;
      liftPen(pen);
    }
  }
  if (open) drawColumn(pen, column);
  liftPen(pen);
}

/** The outline of an area while it is collected, in pixels: one entry for each column of pixels. */
interface Outline {
  keys: number[];
  x: number[];
  top: number[];
  bottom: number[];
}

function drawOutline(context: PathContext, { x, top, bottom }: Outline): void {
  const count = x.length;
  if (count === 0) return;
  // An area over a single place has no width, and would be invisible.
  const half = count === 1 ? 0.5 : 0;
  context.moveTo((x[0] as number) - half, top[0] as number);
  for (let index = 0; index < count; index += 1) context.lineTo((x[index] as number) + half, top[index] as number);
  for (let index = count - 1; index >= 0; index -= 1) context.lineTo((x[index] as number) + half, bottom[index] as number);
  context.lineTo((x[0] as number) - half, bottom[0] as number);
}

/** Puts the area between the extremes of a shape into a path; a gap parts it. */
export function traceBand(context: PathContext, shape: Shape, plane: Plane): void {
  const { x, min, max } = shape;
  if (!min || !max) return;
  const first = Math.max(0, lowerBound(x, plane.x[0]) - 1);
  const end = Math.min(x.length, upperBound(x, plane.x[1]) + 1);
  const toY = pixelY(plane);
  const toX = pixelX(plane);
  const outline: Outline = { keys: [], x: [], top: [], bottom: [] };
  for (let index = first; index < end; index += 1) {
    const top = toY(max[index] as number);
    if (Number.isNaN(top)) {
      drawOutline(context, outline);
      for (const column of Object.values(outline) as number[][]) column.length = 0;
      continue;
    }
    // What is not above 0 on a logarithmic axis reaches below the picture.
    const low = toY(min[index] as number);
    const bottom = Number.isNaN(low) ? plane.height : low;
    const pixel = toX(x[index] as number);
    const last = outline.x.length - 1;
    if (last >= 0 && outline.keys[last] === Math.floor(pixel)) {
      outline.top[last] = Math.min(outline.top[last] as number, top);
      outline.bottom[last] = Math.max(outline.bottom[last] as number, bottom);
      continue;
    }
    outline.keys.push(Math.floor(pixel));
    outline.x.push(pixel);
    outline.top.push(top);
    outline.bottom.push(bottom);
  }
  drawOutline(context, outline);
}
