/** Dragging a panel by its grip to another place, with a mouse or a finger; the arrow keys do the same by places. */
import { element } from "../elements";

export interface DropPlace {
  section: string;
  /** the panel that it will stand before; null for the end */
  before: string | null;
}

const LEAST_DRAG = 4;
const EDGE = 70;
const SCROLL = 14;
const MARKS = ["drop-before", "drop-after", "drop-end"] as const;

function clearMarks(): void {
  for (const mark of MARKS) for (const marked of document.querySelectorAll(`.${mark}`)) marked.classList.remove(mark);
}

/** The next panel of the same section that is not the one that is dragged. */
function following(cell: Element, dragged: Element): HTMLElement | null {
  let next = cell.nextElementSibling;
  while (next && (next === dragged || !next.matches(".panel-cell"))) next = next.nextElementSibling;
  return next as HTMLElement | null;
}

/** Where a panel would be dropped at a point of the window, marked there. */
function dropAt(x: number, y: number, dragged: HTMLElement): DropPlace | null {
  clearMarks();
  const under = document.elementFromPoint(x, y);
  const section = under?.closest<HTMLElement>(".panel-section");
  const name = section?.dataset["section"];
  if (!section || name === undefined) return null;
  const cell = under?.closest<HTMLElement>(".panel-cell");
  if (!cell || cell === dragged) {
    if (cell !== dragged) section.classList.add("drop-end");
    return cell === dragged ? null : { section: name, before: null };
  }
  const box = cell.getBoundingClientRect();
  const isAlone = box.width > 0.7 * (cell.parentElement?.clientWidth ?? 0);
  const isBefore = isAlone ? y < box.top + box.height / 2 : x < box.left + box.width / 2;
  cell.classList.add(isBefore ? "drop-before" : "drop-after");
  cell.classList.toggle("drop-row", isAlone);
  return { section: name, before: (isBefore ? cell : following(cell, dragged))?.dataset["panel"] ?? null };
}

/** Lets a cell be dragged by its grip. */
export function watchDrag(grip: HTMLElement, cell: HTMLElement, title: () => string, drop: (place: DropPlace) => void): void {
  grip.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    grip.focus({ preventScroll: true });
    grip.setPointerCapture(event.pointerId);
    const stop = new AbortController();
    const { signal } = stop;
    const from = [event.clientX, event.clientY] as const;
    let at = from;
    let label: HTMLElement | null = null;
    let place: DropPlace | null = null;
    let frame = 0;

    function lift(): HTMLElement {
      const made = element("div", { class: "drag-label", "aria-hidden": "true" }, title());
      document.body.append(made);
      cell.classList.add("dragged");
      return made;
    }
    function show(): void {
      if (!label) return;
      label.style.transform = `translate(${at[0] + 12}px, ${at[1] + 8}px)`;
      place = dropAt(at[0], at[1], cell);
    }
    /** Near the edges of the window the page goes on. */
    function scroll(): void {
      const by = at[1] < EDGE + 48 ? -SCROLL : at[1] > innerHeight - EDGE ? SCROLL : 0;
      if (by && label) {
        scrollBy({ top: by, behavior: "instant" });
        show();
      }
      frame = requestAnimationFrame(scroll);
    }
    function end(isDropped: boolean): void {
      stop.abort();
      cancelAnimationFrame(frame);
      clearMarks();
      cell.classList.remove("dragged");
      label?.remove();
      if (isDropped && place) drop(place);
    }

    frame = requestAnimationFrame(scroll);
    grip.addEventListener("pointermove", (moved) => {
      at = [moved.clientX, moved.clientY];
      if (!label && Math.hypot(at[0] - from[0], at[1] - from[1]) >= LEAST_DRAG) label = lift();
      show();
    }, { signal });
    grip.addEventListener("pointerup", () => end(label !== null), { signal });
    grip.addEventListener("pointercancel", () => end(false), { signal });
    document.addEventListener("keydown", (pressed) => {
      if (pressed.key !== "Escape") return;
      pressed.preventDefault();
      pressed.stopImmediatePropagation();
      end(false);
    }, { capture: true, signal });
  });
}
