/**
 * vega.js: Vega composed by hand from its packages (what drawing needs; no layouts, no file formats beyond what it pulls in
 * itself), with the interpreter, because the pages forbid eval, and with our projection for lines. Loaded on demand.
 */
import { changeset, transforms } from "vega-dataflow";
import * as encodeTransforms from "vega-encode";
import { expressionFunction } from "vega-functions";
import geoProjection from "vega-geo-projection";
import geoShape from "vega-geo-shape";
import { expressionInterpreter } from "vega-interpreter";
import { parse, type Runtime } from "vega-parser";
import { projection } from "vega-projection";
import { Bounds, boundContext } from "vega-scenegraph";
import * as dataTransforms from "vega-transforms";
import { View, type ViewOptions } from "vega-view";
import * as viewTransforms from "vega-view-transforms";
import { parseExpression } from "./expression";
import { formatTick } from "./ticks";
import { type Marked, traceMarks } from "./edge_marks";
import { type Band, type PathContext, type Plane, type Shape, trace, traceBand } from "./plane";

Object.assign(transforms, dataTransforms, viewTransforms, encodeTransforms, {
  geoshape: geoShape,
  projection: geoProjection,
});

// Vega measures a shape by drawing it into this context; the plane is known, so there is no need to walk all points.
const measuring = boundContext(new Bounds());

type Getter<Value, Self> = { (): Value; (value: Value): Self };

function property<Value>(target: object, name: string, initial: Value): { value: Value } {
  const state = { value: initial };
  const accessor = ((value?: Value) => {
    if (value === undefined) return state.value;
    state.value = value;
    return target;
  }) as Getter<Value, object>;
  Object.defineProperty(target, name, { value: accessor });
  return state;
}

/** Puts a shape of whichever sort into a path. */
function put(context: PathContext, shape: Shape | Band | Marked, plane: Plane): void {
  if ("marks" in shape && shape.marks) traceMarks(context, shape, plane);
  else if ("band" in shape && shape.band) traceBand(context, shape, plane);
  else trace(context, shape, plane);
}

/** What is put into a path, as the text of one in SVG, to a tenth of a pixel. */
export function pathText(draw: (context: PathContext) => void): string {
  const parts: string[] = [];
  const to = (letter: string, ...numbers: number[]) => void parts.push(letter + numbers.map((number) => Math.round(number * 10) / 10).join(","));
  draw({
    moveTo: (x, y) => to("M", x, y),
    lineTo: (x, y) => to("L", x, y),
    arc: (x, y, radius) => {
      // Only whole circles are drawn.
      to("M", x + radius, y);
      to("A", radius, radius, 0, 1, 1, x - radius, y);
      to("A", radius, radius, 0, 1, 1, x + radius, y);
    },
  });
  return parts.join("");
}

/**
 * A Vega projection that is a plain plane. Vega passes signals only to properties with names that it knows, so `center` is the
 * x domain, `translate` the y domain, `ratio` the width and `distance` the height.
 */
function planeProjection(log: boolean, logX: boolean): object {
  const made = {};
  const x = property<[number, number]>(made, "center", [0, 1]);
  const y = property<[number, number]>(made, "translate", [0, 1]);
  const width = property(made, "ratio", 1);
  const height = property(made, "distance", 1);
  let context: PathContext | null = null;
  const path = (shape: Shape | Band | Marked) => {
    const plane: Plane = { x: x.value, y: y.value, width: width.value, height: height.value, log, logX };
    // Without a context Vega wants the text of a path, for a picture in SVG.
    if (!context) return pathText((text) => put(text, shape, plane));
    if ((context as object) === measuring) {
      context.moveTo(0, 0);
      context.lineTo(plane.width, plane.height);
    } else put(context, shape, plane);
    return null;
  };
  path.context = (next: PathContext | null) => {
    context = next;
    return path;
  };
  path.pointRadius = () => 0;
  // Vega sets a d3 path here, which would want GeoJSON with an array for every point; ours reads the columns.
  Object.defineProperty(made, "path", { get: () => path, set: () => undefined });
  return made;
}

projection("plane", () => planeProjection(false, false));
projection("plane-logy", () => planeProjection(true, false));
projection("plane-logx", () => planeProjection(false, true));
projection("plane-logx-logy", () => planeProjection(true, true));
expressionFunction("tickLabel", formatTick as (...parameters: never[]) => string);

// Pages may not reach the network, and a spec has its data inside.
const closedLoader = {
  load: () => Promise.reject(new Error("nothing is loaded from here")),
  sanitize: () => Promise.reject(new Error("links from charts are off")),
};
const ERRORS_ONLY = 1;

const runtimes = new Map<string, Runtime>();

/** A Vega view of a spec. A spec of the same `key` is parsed once. */
function createView(spec: object, options: { key?: string; config?: object; tooltip?: ViewOptions["tooltip"] }): View {
  const known = options.key === undefined ? undefined : runtimes.get(options.key);
  const runtime = known ?? parse(spec, options.config ?? null, { ast: true });
  if (options.key !== undefined) runtimes.set(options.key, runtime);
  return new View(runtime, {
    renderer: "canvas",
    expr: expressionInterpreter,
    loader: closedLoader,
    logLevel: ERRORS_ONLY,
    ...(options.tooltip && { tooltip: options.tooltip }),
  });
}

// Parsed here, because few pages have an expression to parse, and none without a chart.
const library = { createView, changeset, parseExpression };

/** What vega.js gives to the other bundle. */
export type VegaLibrary = typeof library;
export type { View } from "vega-view";

if (window.reportgen) window.reportgen.vega = library;
