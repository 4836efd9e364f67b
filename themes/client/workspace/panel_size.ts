/** The corner of a panel: drag it, or press the arrow keys on it, to change how many columns and how high it is. */
import { button, element } from "../elements";
import { icon } from "../icons";
import { HEIGHTS, MOST_COLUMNS } from "./layout";

export interface PanelSize {
  width: number;
  /** px of the plot; null for its own */
  height: number | null;
}

/** Shows a size on a cell. */
export function applySize(cell: HTMLElement, { width, height }: PanelSize): void {
  cell.dataset["width"] = String(width);
  if (height === null) cell.style.removeProperty("--panel-height");
  else cell.style.setProperty("--panel-height", `${height}px`);
}

/** Columns of a grid, and the width of one with the gap behind it. */
function columnsOf(grid: HTMLElement): { count: number; step: number } {
  const style = getComputedStyle(grid);
  const tracks = style.gridTemplateColumns.split(" ").map(parseFloat);
  return { count: tracks.length, step: (tracks[0] ?? 1) + (parseFloat(style.columnGap) || 0) };
}

const KEYS: Readonly<Record<string, readonly [number, number]>> = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

/** "2 columns, 320 px high" */
export function sizeInWords({ width, height }: PanelSize): string {
  return `${width} ${width === 1 ? "column" : "columns"}${height === null ? "" : `, ${height} px high`}`;
}

/** The corner of a cell. `set` keeps a size. */
export function sizeCorner(cell: HTMLElement, title: string, now: () => PanelSize, set: (size: PanelSize) => void): HTMLElement {
  const corner = button(`Size of ${title}: arrow keys change it, double click resets`, icon("corner"), () => undefined);
  corner.className = "panel-corner";
  const plotHeight = () => cell.querySelector<HTMLElement>(".panel-stage")?.offsetHeight ?? HEIGHTS.least;
  const bounded = ({ width, height }: PanelSize): PanelSize => ({
    width: Math.min(Math.max(width, 1), MOST_COLUMNS),
    height: height === null ? null : Math.min(Math.max(Math.round(height / HEIGHTS.step) * HEIGHTS.step, HEIGHTS.least), HEIGHTS.most),
  });

  corner.addEventListener("pointerdown", (event) => {
    const grid = cell.parentElement;
    if (event.button !== 0 || !grid) return;
    event.preventDefault();
    corner.focus({ preventScroll: true });
    corner.setPointerCapture(event.pointerId);
    const stop = new AbortController();
    const { signal } = stop;
    const { count, step } = columnsOf(grid);
    const first = { ...now(), plot: plotHeight(), shown: cell.offsetWidth, x: event.clientX, y: event.clientY };
    let size: PanelSize | null = null;
    corner.addEventListener("pointermove", (moved) => {
      const [right, down] = [moved.clientX - first.x, moved.clientY - first.y];
      const width = Math.min(Math.max(1, Math.round((first.shown + right) / step)), count);
      // A grid with fewer columns than the panel wants says nothing about what it wants.
      const isWider = Math.min(first.width, count) !== width;
      size = bounded({ width: isWider ? width : first.width, height: Math.abs(down) < HEIGHTS.step / 2 ? first.height : first.plot + down });
      applySize(cell, size);
    }, { signal });
    const end = (isKept: boolean) => {
      stop.abort();
      if (size && isKept) set(size);
      else applySize(cell, now());
    };
    corner.addEventListener("pointerup", () => end(true), { signal });
    corner.addEventListener("pointercancel", () => end(false), { signal });
  });
  corner.addEventListener("dblclick", () => set({ width: 1, height: null }));
  corner.addEventListener("keydown", (event) => {
    const [columns, steps] = KEYS[event.key] ?? [];
    if (columns === undefined || steps === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    const { width, height } = now();
    set(bounded({ width: width + columns, height: steps ? (height ?? plotHeight()) + steps * HEIGHTS.step : height }));
  });
  return element("div", { class: "panel-corner-place" }, corner);
}
