/** How a look at something in space is turned and zoomed, by pointer and by key. */
import { FIRST_LOOK, type Look, turned, zoomed } from "./turn";

const TURN = 0.012;
const KEY_TURN = 0.15;
const KEY_ZOOM = 1.25;

/** Lets a canvas change its look. */
export function moves(canvas: HTMLCanvasElement, change: (make: (look: Look) => Look) => void): void {
  let last: { x: number; y: number } | null = null;
  canvas.addEventListener("pointerdown", (event) => {
    last = { x: event.clientX, y: event.clientY };
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!last) return;
    const { x, y } = last;
    last = { x: event.clientX, y: event.clientY };
    change((look) => turned(look, (x - event.clientX) * TURN, (event.clientY - y) * TURN));
  });
  for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => (last = null));
  canvas.addEventListener("dblclick", () => change(() => FIRST_LOOK));
  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const steps: Record<string, (look: Look) => Look> = {
      ArrowLeft: (look) => turned(look, KEY_TURN, 0),
      ArrowRight: (look) => turned(look, -KEY_TURN, 0),
      ArrowUp: (look) => turned(look, 0, KEY_TURN),
      ArrowDown: (look) => turned(look, 0, -KEY_TURN),
      "+": (look) => zoomed(look, KEY_ZOOM),
      "-": (look) => zoomed(look, 1 / KEY_ZOOM),
      "0": () => FIRST_LOOK,
    };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    change(step);
  });
}
