/** Marks at the edges of a plot, where a line leaves it: an outlier that the y axis leaves outside is not lost from sight. */
import { type PathContext, type Plane, type Shape, lowerBound, pixelY, toPixelX, upperBound } from "./plane";

/** A shape of which only the marks are drawn. */
export interface Marked extends Shape {
  marks: true;
}

const WIDTH = 7;
const HEIGHT = 6;
/** From the edge of the plot. */
const GAP = 1;

/** A triangle with its tip at an edge. */
function triangle(context: PathContext, x: number, tip: number, base: number): void {
  context.moveTo(x, tip);
  context.lineTo(x + WIDTH / 2, base);
  context.lineTo(x - WIDTH / 2, base);
  context.lineTo(x, tip);
}

/** Puts a mark for each place where a shape is above or below the plane into a path; those that would overlap are one. */
export function traceMarks(context: PathContext, { x, last, min, max }: Shape, plane: Plane): void {
  const toY = pixelY(plane);
  const end = upperBound(x, plane.x[1]);
  const free = { top: -Infinity, bottom: -Infinity };
  for (let index = lowerBound(x, plane.x[0]); index < end; index += 1) {
    const pixel = toPixelX(plane, x[index] as number);
    const heights = [last, min, max].map((column) => toY(column?.[index] ?? NaN));
    if (pixel >= free.top && heights.some((height) => height < 0)) {
      triangle(context, pixel, GAP, GAP + HEIGHT);
      free.top = pixel + WIDTH;
    }
    if (pixel >= free.bottom && heights.some((height) => height > plane.height)) {
      triangle(context, pixel, plane.height - GAP, plane.height - GAP - HEIGHT);
      free.bottom = pixel + WIDTH;
    }
  }
}
