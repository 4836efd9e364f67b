/** A plot: one Vega view that draws lines with their axes, and knows where a value is in pixels. */
import { type Theme, theme } from "../theme";
import type { Axis, Entries } from "./curve";
import type { Domain } from "./domain";
import { type Plane, type Shape } from "./plane";
import { lineSpec } from "./spec";
import { type TickKind, durationTicks, formatTick, logTicks, numberTicks, tickStep } from "./ticks";
import type { VegaLibrary, View } from "./vega";

/** What the line of a group has besides. */
export interface GroupLine {
  runs: ReadonlySet<number>;
  /** runs that count at each entry */
  count: Float64Array;
  /** the band as it is drawn, smoothed like the line; null without one */
  area: Shape | null;
  /** the most raw points, or places, that an entry of a run stands for */
  reduced: number;
}

/** A line as it is drawn. */
export interface DrawnLine {
  key: string;
  run: number;
  name: string;
  entries: Entries;
  /** smoothed values of the entries; the entries themselves are then drawn faintly behind */
  smooth: Float64Array | null;
  /** what the line is seen to be: the entries or their smoothed values */
  shape: Shape;
  /** place in the run palette */
  colour: number;
  dash: readonly number[];
  /** drawn paler than the others */
  pale: boolean;
  /** drawn with the area between the extremes of its entries */
  band: boolean;
  /** of a group of runs: then it is no line of a run */
  group?: GroupLine;
}

/** All that decides a picture. The same array of lines means the same data. */
export interface Scene {
  lines: readonly DrawnLine[];
  axis: Axis;
  /** the metric that stands in for the step; empty without one */
  xName: string;
  x: Domain;
  y: Domain;
  log: boolean;
  logX: boolean;
  /** entries of the lines that have values outside of the y domain, which are marked at its edges; null where it holds all */
  outside: number | null;
}

export interface Plot {
  draw: (scene: Scene) => Promise<void>;
  resize: (width: number, height: number) => void;
  /** the part inside of the axes, in pixels of the container */
  area: () => Area;
  plane: () => Plane | null;
  /** what is drawn, as the text of an SVG */
  svg: () => Promise<string>;
  destroy: () => void;
}

export interface Area {
  left: number;
  top: number;
  width: number;
  height: number;
}

const PADDING = { left: 44, right: 14, top: 8, bottom: 22 };
const X_TITLE_HEIGHT = 15;
const LABEL_WIDTH = 6.6;
const X_TICK_ROOM = 84;
const Y_TICK_ROOM = 34;
const LINE_WIDTH = 1.5;
const MANY_LINES = 40;
const FAINT = 0.22;
const PALE = 0.6;
const AREA = 0.18;

interface Ticks {
  values: number[];
  kind: TickKind;
  step: number;
}

function ticksX(scene: Scene, width: number): Ticks {
  const count = Math.max(2, width / X_TICK_ROOM);
  const relative = scene.axis === "relative";
  if (scene.logX) {
    const decades = logTicks(scene.x[0], scene.x[1], count);
    return { values: decades, kind: relative ? "duration" : "number", step: tickStep(decades) };
  }
  let values = (relative ? durationTicks : numberTicks)(scene.x[0], scene.x[1], count);
  // There is no half step.
  if (scene.axis === "step" && tickStep(values) < 1) values = values.filter(Number.isInteger);
  return { values, kind: relative ? "duration" : "number", step: tickStep(values) };
}

function ticksY(scene: Scene, height: number): Ticks {
  const count = Math.max(2, height / Y_TICK_ROOM);
  const values = (scene.log ? logTicks : numberTicks)(scene.y[0], scene.y[1], count);
  return { values, kind: scene.log ? "log" : "number", step: scene.log ? 0 : tickStep(values) };
}

function paddingLeft(ticks: Ticks): number {
  const longest = Math.max(0, ...ticks.values.map((value) => formatTick(value, ticks.kind, ticks.step).length));
  return Math.max(PADDING.left, Math.ceil(longest * LABEL_WIDTH) + 12);
}

function rows({ lines, outside }: Scene, colours: Theme): object[] {
  const width = lines.length > MANY_LINES ? 1 : LINE_WIDTH;
  const colour = (line: DrawnLine) => colours.runs[line.colour % colours.runs.length];
  const row = (line: DrawnLine, shape: Shape, opacity: number) => ({
    ...shape,
    stroke: colour(line),
    dash: line.dash.length ? line.dash : null,
    width,
    opacity: line.pale ? opacity * PALE : opacity,
    fill: null,
    fillOpacity: 1,
  });
  const area = (line: DrawnLine) => ({
    ...(line.group?.area ?? line.entries),
    band: true,
    stroke: null,
    dash: null,
    width,
    opacity: 1,
    fill: colour(line),
    fillOpacity: AREA,
  });
  const mark = (line: DrawnLine) => ({ ...area(line), ...line.entries, band: false, marks: true, fillOpacity: 1 });
  const areas = lines.filter((line) => line.band).map(area);
  const faint = lines.filter((line) => line.smooth && !line.band).map((line) => row(line, line.entries, FAINT));
  // What is pale lies under what is shown instead of it.
  const drawn = [...lines.filter((line) => line.pale), ...lines.filter((line) => !line.pale)];
  return [...areas, ...faint, ...drawn.map((line) => row(line, line.shape, 1)), ...(outside === null ? [] : lines.map(mark))];
}

/** Puts a plot into a container, which it measures itself. */
export function createPlot(library: VegaLibrary, container: HTMLElement): Plot {
  let view: View | null = null;
  let viewKey = "";
  let size = { width: container.clientWidth, height: container.clientHeight };
  let left = PADDING.left;
  let { bottom } = PADDING;
  let drawn: Scene | null = null;

  const area = (): Area => ({
    left,
    top: PADDING.top,
    width: Math.max(10, size.width - left - PADDING.right),
    height: Math.max(10, size.height - PADDING.top - bottom),
  });

  function viewFor(scene: Scene): View {
    const style = { theme: theme(), time: scene.axis === "wall", log: scene.log, logX: scene.logX };
    const key = JSON.stringify(style);
    if (view && key === viewKey) return view;
    view?.finalize();
    container.replaceChildren();
    view = library.createView(lineSpec(style), { key }).initialize(container);
    viewKey = key;
    drawn = null;
    return view;
  }

  async function draw(scene: Scene): Promise<void> {
    const current = viewFor(scene);
    bottom = PADDING.bottom + (scene.xName ? X_TITLE_HEIGHT : 0);
    const y = ticksY(scene, area().height);
    left = paddingLeft(y);
    const { width, height } = area();
    const x = ticksX(scene, width);
    current.width(width).height(height).padding({ ...PADDING, left, bottom });
    const signals = {
      xDomain: scene.x,
      yDomain: scene.y,
      yTicks: y.values,
      yStep: y.step,
      yKind: y.kind,
      xTitle: scene.xName,
      ...(scene.axis === "wall"
        ? { xCount: Math.max(2, Math.round(width / X_TICK_ROOM)) }
        : { xTicks: x.values, xStep: x.step, xKind: x.kind }),
    };
    for (const [name, value] of Object.entries(signals)) current.signal(name, value);
    if (scene.lines !== drawn?.lines || (scene.outside === null) !== (drawn.outside === null)) {
      const changes = library.changeset().remove(() => true).insert(rows(scene, theme()));
      current.change("lines", changes);
    }
    drawn = scene;
    await current.runAsync();
  }

  return {
    draw,
    area,
    resize: (width, height) => void (size = { width, height }),
    plane: () => drawn && { x: drawn.x, y: drawn.y, width: area().width, height: area().height, log: drawn.log, logX: drawn.logX },
    svg: () => (view ? view.toSVG() : Promise.reject(new Error("nothing is drawn"))),
    destroy: () => {
      view?.finalize();
      view = null;
      container.replaceChildren();
    },
  };
}
