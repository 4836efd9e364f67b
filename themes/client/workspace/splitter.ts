/** The edge between run list and panels: drag it, or move it with the arrow keys; the width is kept on this device. */
import { element } from "../elements";

const KEY = "reportgen.list-width";
const [LEAST, MOST, FIRST, STEP] = [200, 640, 300, 20];

function readWidth(): number {
  try {
    return Number(localStorage.getItem(KEY)) || FIRST;
  } catch {
    return FIRST;
  }
}

/** A splitter that sets `--list-width` on an element. */
export function createSplitter(target: HTMLElement): HTMLElement {
  const made = element("div", {
    class: "splitter",
    role: "separator",
    tabindex: 0,
    "aria-orientation": "vertical",
    "aria-label": "Width of the run list",
    "aria-valuemin": LEAST,
    "aria-valuemax": MOST,
  });
  let width = 0;

  function set(next: number): void {
    width = Math.min(Math.max(Math.round(next), LEAST), MOST);
    target.style.setProperty("--list-width", `${width}px`);
    made.setAttribute("aria-valuenow", String(width));
    try {
      localStorage.setItem(KEY, String(width));
    } catch {
      // Storage may be off; the width then lasts as long as the page.
    }
  }

  set(readWidth());
  made.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    made.setPointerCapture(event.pointerId);
    const offset = event.clientX - width;
    const move = (moved: PointerEvent) => set(moved.clientX - offset);
    made.addEventListener("pointermove", move);
    made.addEventListener("lostpointercapture", () => made.removeEventListener("pointermove", move), { once: true });
  });
  made.addEventListener("keydown", (event) => {
    const direction = event.key === "ArrowLeft" ? -1 : event.key === "ArrowRight" ? 1 : 0;
    if (!direction) return;
    event.preventDefault();
    set(width + direction * STEP);
  });
  made.addEventListener("dblclick", () => set(FIRST));
  return made;
}
