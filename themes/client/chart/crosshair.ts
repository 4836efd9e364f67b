/** What the pointer is at, shared by every panel of the page: a place on an x axis, and a run to look at. */
import { createStore } from "../store";
import type { XAxis } from "../types";

export interface Place {
  axis: XAxis;
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
