/** The crosshair of one plot: follows the pointer, the keyboard, and the crosshairs of the page's other plots. */
import { crosshair, lit } from "../chart/crosshair";
import { indexUnder, neighbour, snap } from "../chart/nearest";
import { drawOverlay } from "../chart/overlay";
import { fromPixelX, pixelY, toPixelX } from "../chart/plane";
import type { DrawnLine, Plot, Scene } from "../chart/plot";
import { type Point, hideTooltip, rankPoints, showTooltip, valueText, xText } from "../chart/tooltip";
import type { Frame } from "./frame";

export interface Inspector {
  hover: (event: { clientX: number; clientY: number }, x: number, y: number) => void;
  leave: () => void;
  step: (direction: 1 | -1) => void;
  select: (range: readonly [number, number] | null) => void;
  /** x of the crosshair in this plot, or the middle */
  focus: () => number;
  /** draws the overlay again, after the plot under it has changed */
  redraw: () => void;
  destroy: () => void;
}

const NEAR_PX = 24;
/** A line that ends just before the crosshair still has a value there. */
const SLACK_PX = 8;
const SPOKEN = 5;

/** The point nearest to a height in pixels, if it is near. */
function nearLine(points: readonly Point[], toY: (value: number) => number, y: number): DrawnLine | null {
  let best: DrawnLine | null = null;
  let distance = NEAR_PX;
  for (const [line, index] of points) {
    const away = Math.abs(toY(line.shape.last[index] as number) - y);
    if (away < distance) [best, distance] = [line, away];
  }
  return best;
}

/** The points of all lines under a place in x. */
function pointsAt(scene: Scene, x: number, width: number): Point[] {
  if (Number.isNaN(x)) return [];
  const [low, high] = scene.x;
  const slack = scene.logX ? x * ((high / low) ** (SLACK_PX / width) - 1) : (SLACK_PX / width) * (high - low);
  return scene.lines.flatMap((line): Point[] => {
    const index = indexUnder(line.shape.x, x, slack);
    return index < 0 ? [] : [[line, index]];
  });
}

/** Says what is under a crosshair that the keyboard moves: beside it, and to those who only hear. */
function speak(frame: Frame, points: readonly Point[], head: string, at: { x: number; y: number }): void {
  showTooltip(points, null, head, at);
  const spoken = rankPoints(points, null).slice(0, SPOKEN).map((point) => {
    const { value, detail } = valueText(point);
    return `${point[0].name} ${value}${point[0].group ? ` (${detail})` : ""}`;
  });
  frame.announce(`${head}: ${spoken.join(", ")}`);
}

/** x of the page's crosshair if it is on the axis of this scene; NaN otherwise. */
function crosshairX(scene: Scene): number {
  const { place } = crosshair.get();
  return place?.axis === scene.axis && place.xName === scene.xName ? place.x : NaN;
}

/** Watches over the overlay of a frame. */
export function createInspector(frame: Frame, project: string, plot: Plot, scene: () => Scene | null): Inspector {
  let near: DrawnLine | null = null;
  let selection: readonly [number, number] | null = null;
  let pointerY = NaN;

  function redraw(): void {
    const shown = scene();
    const plane = plot.plane();
    if (!shown || !plane) return drawOverlay(frame.overlay, null);
    const x = crosshairX(shown);
    const points = pointsAt(shown, x, plane.width);
    const here = crosshair.get().place?.source === frame.stage;
    near = here && !Number.isNaN(pointerY) ? nearLine(points, pixelY(plane), pointerY) : null;
    const { run, project: litProject } = lit.get();
    const litRun = litProject === project ? run : null;
    drawOverlay(frame.overlay, { plane, area: plot.area(), lines: shown.lines, points, x, near, lit: litRun, selection });
    if (!here) return;
    const head = xText(shown, x);
    const { place } = crosshair.get();
    if (place?.pointer) return showTooltip(points, near, head, place.pointer);
    const box = frame.stage.getBoundingClientRect();
    const { left, top } = plot.area();
    speak(frame, points, head, { x: box.left + left + toPixelX(plane, x), y: box.top + top });
  }

  function leave(): void {
    if (crosshair.get().place?.source !== frame.stage) return;
    pointerY = NaN;
    crosshair.set({ place: null });
    hideTooltip();
  }

  function moveTo(x: number, pointer: { x: number; y: number } | null): void {
    const shown = scene();
    if (!shown || Number.isNaN(x)) return;
    crosshair.set({ place: { axis: shown.axis, xName: shown.xName, x, source: frame.stage, pointer } });
  }

  const columns = () => scene()?.lines.map((line) => line.shape.x) ?? [];

  function focus(): number {
    const shown = scene();
    if (!shown) return 0;
    const x = crosshairX(shown);
    return x >= shown.x[0] && x <= shown.x[1] ? x : shown.logX ? Math.sqrt(shown.x[0] * shown.x[1]) : (shown.x[0] + shown.x[1]) / 2;
  }

  const stops = [crosshair.subscribe(redraw), lit.subscribe(redraw)];
  return {
    hover(event, x, y) {
      const plane = plot.plane();
      if (!plane) return;
      pointerY = y;
      moveTo(snap(columns(), fromPixelX(plane, x)), { x: event.clientX, y: event.clientY });
    },
    leave,
    step(direction) {
      pointerY = NaN;
      moveTo(neighbour(columns(), focus(), direction), null);
    },
    select(range) {
      selection = range;
      redraw();
    },
    focus,
    redraw,
    destroy() {
      for (const stop of stops) stop();
      leave();
    },
  };
}
