/** Handles over the axes of parallel coordinates: drag a part of an axis, or use the keys, to choose what lies in it. */
import { element } from "../../elements";
import { plural } from "./columns";
import type { Brush, ParallelAxis } from "./parallel";

const WIDTH = 26;
const LEAST = 0.01;
const STEP = 0.05;

function clamp(value: number): number {
  return Math.min(Math.max(value, 0), 1);
}

/** A brush from two ends in any order; null for one that is too small to be meant. */
export function brushOf(a: number, b: number): Brush | null {
  const [low, high] = [clamp(Math.min(a, b)), clamp(Math.max(a, b))];
  return high - low >= LEAST ? [low, high] : null;
}

/** The brush after a key; undefined for keys that mean nothing here. */
export function brushByKey(brush: Brush | null, key: string, widens: boolean): Brush | null | undefined {
  const [low, high] = brush ?? [0, 1];
  const by = key === "ArrowUp" ? STEP : key === "ArrowDown" ? -STEP : 0;
  if (key === "Escape" || key === "Delete" || key === "Backspace") return null;
  if (!by) return undefined;
  if (!brush) return by > 0 ? [0.5, 1] : [0, 0.5];
  if (widens) return brushOf(low, Math.max(low + STEP, high + by));
  const moved = by > 0 ? Math.min(by, 1 - high) : Math.max(by, -low);
  return [low + moved, high + moved];
}

export interface Brushes {
  /** Puts the handles where the axes are. */
  update: (axes: readonly ParallelAxis[], brushes: ReadonlyMap<string, Brush>, kept: number) => void;
  remove: () => void;
}

function follow(handle: HTMLElement, lengthOf: () => number, change: (brush: Brush | null) => void): void {
  let from: number | null = null;
  const share = (event: PointerEvent) => clamp(1 - (event.clientY - handle.getBoundingClientRect().top) / lengthOf());
  handle.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    from = share(event);
    handle.setPointerCapture(event.pointerId);
    event.stopPropagation();
  });
  handle.addEventListener("pointermove", (event) => {
    if (from === null) return;
    event.stopPropagation();
    const brush = brushOf(from, share(event));
    if (brush) change(brush);
  });
  const end = (event: PointerEvent) => {
    if (from !== null && !brushOf(from, share(event))) change(null);
    from = null;
  };
  handle.addEventListener("pointerup", end);
  handle.addEventListener("pointercancel", () => (from = null));
  // A click on the plot opens a run; a press on an axis does not.
  handle.addEventListener("click", (event) => event.stopPropagation());
}

/** Handles in a stage. */
export function createBrushes(stage: HTMLElement, change: (key: string, brush: Brush | null) => void): Brushes {
  const layer = element("div", { class: "brush-layer" });
  const handles = new Map<string, HTMLElement>();
  let current: ReadonlyMap<string, Brush> = new Map();
  stage.append(layer);

  function handleOf({ column: { key } }: ParallelAxis): HTMLElement {
    const known = handles.get(key);
    if (known) return known;
    const made = element("div", { class: "brush-axis", role: "slider", tabindex: 0, "aria-orientation": "vertical", "aria-valuemin": 0, "aria-valuemax": 100 }, element("div", { class: "brush", hidden: true }));
    follow(made, () => made.clientHeight || 1, (brush) => change(key, brush));
    made.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const next = brushByKey(current.get(key) ?? null, event.key, event.shiftKey);
      if (next === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      change(key, next);
    });
    handles.set(key, made);
    layer.append(made);
    return made;
  }

  return {
    update(axes, brushes, kept) {
      current = brushes;
      for (const axis of axes) {
        const handle = handleOf(axis);
        const brush = brushes.get(axis.column.key) ?? null;
        const [low, high] = brush ?? [0, 1];
        handle.style.left = `${axis.x - WIDTH / 2}px`;
        handle.style.top = `${axis.top}px`;
        handle.style.height = `${axis.bottom - axis.top}px`;
        handle.setAttribute("aria-label", `Choose runs by ${axis.column.label}`);
        handle.setAttribute("aria-valuenow", String(Math.round((low + high) * 50)));
        const part = `${Math.round(low * 100)} to ${Math.round(high * 100)} % of the axis`;
        handle.setAttribute("aria-valuetext", brush ? `${part}, ${plural(kept, "run")}` : "all");
        const shown = handle.firstElementChild as HTMLElement;
        shown.hidden = !brush;
        shown.style.bottom = `${low * 100}%`;
        shown.style.height = `${(high - low) * 100}%`;
      }
      for (const [key, handle] of handles) {
        if (axes.some(({ column }) => column.key === key)) continue;
        handle.remove();
        handles.delete(key);
      }
    },
    remove: () => layer.remove(),
  };
}
