/** The rows of the run list: only those in view exist, so that ten thousand runs scroll like ten. */
import { lit } from "../chart/crosshair";
import { element } from "../elements";
import { colourKey } from "../panels/settings";
import type { Store } from "../store";
import type { RunsData } from "../types";
import { type RowActions, type RowData, rowData, runRow } from "./run_row";
import type { WorkspaceState } from "./state";

const ROW = 28;
const SPARE = 8;

export interface RunRows {
  /** Shows these runs in this order. */
  show: (order: readonly number[]) => void;
  /** Draws the rows in view again. */
  refresh: () => void;
  /** the run whose row has the focus or the pointer */
  current: () => number | null;
  toggle: (run: number) => void;
  /** Moves the focus to the next or previous row. */
  move: (by: 1 | -1) => void;
}

function eyes(runs: RunsData, store: Store<WorkspaceState>): RowActions {
  return {
    toggle(run) {
      const closed = new Set(store.get().closed);
      if (!closed.delete(run)) closed.add(run);
      store.set({ closed });
    },
    solo(run) {
      const { closed } = store.get();
      const alone = !closed.has(run) && closed.size === runs.ids.length - 1;
      const others = runs.ids.map((_, other) => other).filter((other) => other !== run);
      store.set({ closed: new Set(alone ? [] : others) });
    },
  };
}

function runOf(target: EventTarget | Element | null): number | null {
  const row = target instanceof Element ? target.closest<HTMLElement>(".run-row") : null;
  return row ? Number(row.dataset["run"]) : null;
}

/** Lights a run under the pointer; a click on its row is a press on its eye, a click on its name opens it. */
function watchRows(list: HTMLElement, project: string, { toggle, solo }: RowActions): void {
  list.addEventListener("pointerover", (event) => lit.set({ project, run: runOf(event.target) }));
  list.addEventListener("pointerleave", () => lit.set({ run: null }));
  list.addEventListener("click", (event) => {
    const run = runOf(event.target);
    const onName = (event.target as Element).closest("a");
    if (run === null || (onName && !event.altKey)) return;
    event.preventDefault();
    if (event.altKey) solo(run);
    else toggle(run);
  });
}

/** The part of a row that has the focus, as a selector for its successor. */
function focusedPart(list: HTMLElement): string | null {
  const focused = document.activeElement;
  const run = list.contains(focused) ? runOf(focused) : null;
  return focused && run !== null ? `[data-run="${run}"] .${[...focused.classList].pop()}` : null;
}

/** Fills a scrolling box with rows. */
export function createRunRows(box: HTMLElement, project: string, runs: RunsData, store: Store<WorkspaceState>): RunRows {
  const list = element("ul", { class: "run-rows" });
  const actions = eyes(runs, store);
  let data: RowData = rowData(runs, store.get().column, colourKey(store.get()));
  let order: readonly number[] = [];
  let request = 0;
  box.append(list);

  function refresh(): void {
    request = 0;
    const { column, closed } = store.get();
    const colours = colourKey(store.get());
    if (column !== data.column || colours !== data.colorBy) data = rowData(runs, column, colours);
    const first = Math.max(0, Math.floor(box.scrollTop / ROW) - SPARE);
    const end = Math.min(order.length, Math.ceil((box.scrollTop + box.clientHeight) / ROW) + SPARE);
    // Rows are made anew, so the one that had the focus gets it back.
    const focused = focusedPart(list);
    list.style.height = `${order.length * ROW}px`;
    const rows = order.slice(first, end).map((run, index) => {
      const row = runRow(run, closed.has(run), data, actions);
      row.style.top = `${(first + index) * ROW}px`;
      return row;
    });
    list.replaceChildren(...rows);
    if (focused) list.querySelector<HTMLElement>(focused)?.focus({ preventScroll: true });
  }

  const schedule = () => void (request ||= requestAnimationFrame(refresh));
  const current = () => runOf(document.activeElement) ?? lit.get().run;

  function move(by: 1 | -1): void {
    const run = current();
    const place = Math.min(Math.max((run === null ? -1 : order.indexOf(run)) + by, 0), order.length - 1);
    const next = order[place];
    if (next === undefined) return;
    const top = place * ROW;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top + ROW > box.scrollTop + box.clientHeight) box.scrollTop = top + ROW - box.clientHeight;
    refresh();
    list.querySelector<HTMLElement>(`[data-run="${next}"] .run-name`)?.focus({ preventScroll: true });
    lit.set({ project, run: next });
  }

  box.addEventListener("scroll", schedule, { passive: true });
  new ResizeObserver(schedule).observe(box);
  watchRows(list, project, actions);
  return {
    show(next) {
      order = next;
      schedule();
    },
    refresh: schedule,
    current,
    toggle: actions.toggle,
    move,
  };
}
