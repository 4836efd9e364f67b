/** Moments of a run that stand in its charts: alerts, as flags at the upper edge with a line down through the plot. */
import { type Axis, curveAlong } from "../chart/curve";
import { type Plane, lowerBound, toPixelX } from "../chart/plane";
import type { Area } from "../chart/plot";
import { column } from "../data";
import { element } from "../elements";
import type { Curve } from "../types";

/** On the element around the charts of a run. */
export interface Mark {
  /** seconds since the epoch */
  time: number;
  level: string;
  text: string;
}

/** Where a moment is along an axis; NaN where the curve has no place for it. `started` is in seconds since the epoch. */
export function placeOfMoment(time: number, curve: Curve, axis: Axis, started: number): number {
  if (axis === "wall") return time * 1000;
  if (axis === "relative") return time - started;
  const along = curveAlong(curve, axis);
  if (!along) return NaN;
  const [places, times] = [column(axis === "own" ? (along.x ?? []) : along.step), column(along.time)];
  // What was logged next is what the alert was about, or else the last of all.
  return places[Math.min(lowerBound(times, time - started), places.length - 1)] ?? NaN;
}

export interface Marks {
  place: (plane: Plane | null, area: Area, axis: Axis, line: { curve: Curve; started: number } | undefined) => void;
}

/** The marks of the charts around a panel; null where there are none. */
export function createMarks(host: HTMLElement, stage: HTMLElement): Marks | null {
  const text = host.closest<HTMLElement>("[data-marks]")?.dataset["marks"];
  const marks = text ? (JSON.parse(text) as Mark[]) : [];
  if (!marks.length) return null;
  const layer = element("div", { class: "panel-marks", role: "group", "aria-label": "Alerts" });
  const flags = marks.map(({ level, text: words }) => {
    const label = `${level.toLowerCase()}: ${words}`;
    return element("span", { class: "panel-mark", "data-level": level, role: "img", "aria-label": label, title: label });
  });
  layer.append(...flags);
  stage.append(layer);
  return {
    place: (plane, area, axis, line) => {
      flags.forEach((flag, at) => {
        const x = plane && line ? toPixelX(plane, placeOfMoment(marks[at]?.time ?? NaN, line.curve, axis, line.started)) : NaN;
        flag.hidden = !(x >= -0.5 && x <= area.width + 0.5);
        if (flag.hidden) return;
        flag.style.left = `${area.left + x}px`;
        flag.style.top = `${area.top}px`;
        flag.style.height = `${area.height}px`;
      });
    },
  };
}
