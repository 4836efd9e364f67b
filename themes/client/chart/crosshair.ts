/** What the pointer is at, shared by every panel of the page: a place on an x axis, and a run to look at. */
import { createStore } from "../store";
import type { Axis } from "./curve";

export interface Place {
  axis: Axis;
  /** the metric that stands in for the step; empty without one */
  xName: string;
  x: number;
  /** the container of the plot that the pointer is in */
  source: HTMLElement;
  /** pointer within the viewport; null when the keyboard moves the crosshair */
  pointer: { x: number; y: number } | null;
}

/** Where the crosshair stands in all plots of this axis. */
export const crosshair = createStore<{ place: Place | null }>({ place: null });

/** The run that the reader points at in a list or a legend: its lines are lit, the others dim. */
export const lit = createStore<{ project: string; run: number | null }>({ project: "", run: null });
