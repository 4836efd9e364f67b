/** From pointers, fingers and keys to what they mean on a plot. Positions are pixels from the left of the plot's area. */
import type { Area } from "./plot";

export interface Gestures {
  area: () => Area;
  hover: (event: PointerEvent, x: number, y: number) => void;
  leave: () => void;
  /** a range is being dragged out; null when that ends */
  select: (range: readonly [number, number] | null) => void;
  zoom: (range: readonly [number, number]) => void;
  pan: (pixels: number) => void;
  /** two fingers went from one pair of places to another */
  pinch: (from: readonly [number, number], to: readonly [number, number]) => void;
  reset: () => void;
  /** to the next point */
  step: (direction: 1 | -1) => void;
  /** about the crosshair; below 1 comes closer */
  scale: (factor: number) => void;
}

const LEAST_DRAG = 5;

type Drag = { kind: "select" | "pan"; start: number; last: number };

/** A pair in rising order, its ends apart, so that a pinch never divides by nothing. */
function pair(touches: Map<number, number>): [number, number] {
  const [first = 0, second = 0] = [...touches.values()].sort((a, b) => a - b);
  return [first, Math.max(second, first + 1)];
}

function watchPointers(target: HTMLElement, gestures: Gestures, signal: AbortSignal): void {
  let drag: Drag | null = null;
  const touches = new Map<number, number>();

  const place = (event: PointerEvent): [number, number] => {
    const box = target.getBoundingClientRect();
    const area = gestures.area();
    return [event.clientX - box.left - area.left, event.clientY - box.top - area.top];
  };

  const clamp = (x: number) => Math.min(Math.max(x, 0), gestures.area().width);

  function down(event: PointerEvent): void {
    const [x] = place(event);
    if (event.pointerType === "touch") {
      touches.set(event.pointerId, x);
      gestures.hover(event, ...place(event));
      return;
    }
    if (event.button !== 0) return;
    drag = { kind: event.shiftKey ? "pan" : "select", start: clamp(x), last: x };
    target.setPointerCapture(event.pointerId);
  }

  function move(event: PointerEvent): void {
    const [x, y] = place(event);
    if (touches.has(event.pointerId) && touches.size === 2) {
      const from = pair(touches);
      touches.set(event.pointerId, x);
      gestures.pinch(from, pair(touches));
      return;
    }
    if (drag?.kind === "pan") {
      gestures.pan(x - drag.last);
      drag.last = x;
      return;
    }
    if (drag) {
      drag.last = clamp(x);
      gestures.select(Math.abs(drag.last - drag.start) >= LEAST_DRAG ? [drag.start, drag.last] : null);
    }
    gestures.hover(event, x, y);
  }

  function up(event: PointerEvent): void {
    touches.delete(event.pointerId);
    const ended = drag;
    drag = null;
    if (event.pointerType === "touch") gestures.leave();
    if (ended?.kind !== "select") return;
    gestures.select(null);
    if (event.type === "pointerup" && Math.abs(ended.last - ended.start) >= LEAST_DRAG) {
      gestures.zoom([Math.min(ended.start, ended.last), Math.max(ended.start, ended.last)]);
    }
  }

  target.addEventListener("pointerdown", down, { signal });
  target.addEventListener("pointermove", move, { signal });
  target.addEventListener("pointerup", up, { signal });
  target.addEventListener("pointercancel", up, { signal });
  target.addEventListener("pointerleave", () => drag ?? gestures.leave(), { signal });
  target.addEventListener("dblclick", () => gestures.reset(), { signal });
}

function watchKeys(target: HTMLElement, gestures: Gestures, signal: AbortSignal): void {
  const actions: Record<string, () => void> = {
    ArrowLeft: () => gestures.step(-1),
    ArrowRight: () => gestures.step(1),
    "+": () => gestures.scale(0.5),
    "=": () => gestures.scale(0.5),
    "-": () => gestures.scale(2),
    "0": () => gestures.reset(),
    Escape: () => gestures.reset(),
  };
  target.addEventListener(
    "keydown",
    (event) => {
      const action = event.ctrlKey || event.metaKey || event.altKey ? undefined : actions[event.key];
      if (!action) return;
      event.preventDefault();
      action();
    },
    { signal },
  );
  target.addEventListener("blur", () => gestures.leave(), { signal });
}

/** Listens on a plot's container until the signal aborts. */
export function watchGestures(target: HTMLElement, gestures: Gestures, signal: AbortSignal): void {
  watchPointers(target, gestures, signal);
  watchKeys(target, gestures, signal);
}
