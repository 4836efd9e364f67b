/** The rows of the run list: only those in view exist, so that ten thousand runs scroll like ten. */
import { lit } from "../chart/crosshair";
import { element } from "../elements";
import { colourKeys } from "../panels/settings";
import type { Store } from "../store";
import type { RunsData } from "../types";
import { type RunItem, runItems } from "./run_items";
import { type RowActions, type RowData, groupRow, rowData, runRow } from "./run_row";
import type { WorkspaceState } from "./state";

/** px; a finger needs more than a mouse */
const ROW = typeof matchMedia === "function" && matchMedia("(pointer: coarse)").matches ? 40 : 28;
const SPARE = 8;

export interface RunRows {
  /** Shows these runs in this order. */
  show: (order: readonly number[]) => void;
  /** Draws the rows in view again. */
  refresh: () => void;
  /** the run whose row has the focus or the pointer */
  current: () => number | null;
  toggle: (run: number) => void;
  /** Shows only this run; once more, all of them. */
  solo: (run: number) => void;
  /** Moves the focus to the next or previous row. */
  move: (by: 1 | -1) => void;
}

function eyes(runs: RunsData, store: Store<WorkspaceState>): RowActions {
  return {
    toggle(...pressed) {
      const closed = new Set(store.get().closed);
      // Of several, the first press hides what is seen.
      const hides = pressed.some((run) => !closed.has(run));
      for (const run of pressed) {
        if (hides) closed.add(run);
        else closed.delete(run);
      }
      store.set({ closed });
    },
    solo(...wanted) {
      const { closed } = store.get();
      const kept = new Set(wanted);
      const alone = wanted.every((run) => !closed.has(run)) && closed.size === runs.ids.length - kept.size;
      store.set({ closed: new Set(alone ? [] : runs.ids.map((_, run) => run).filter((run) => !kept.has(run))) });
    },
  };
}

function rowOf(target: EventTarget | Element | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>(".run-row") : null;
}

function runOf(target: EventTarget | Element | null): number | null {
  const run = rowOf(target)?.dataset["run"];
  return run === undefined ? null : Number(run);
}

/** Lights a run under the pointer or the focus; a click on its row is a press on its eye, a click on its name opens it. */
function watchRows(list: HTMLElement, project: string, { toggle, solo }: RowActions, fold: (group: number) => void): void {
  for (const attention of ["pointerover", "focusin"]) list.addEventListener(attention, (event) => lit.set({ project, run: runOf(event.target) }));
  for (const leaving of ["pointerleave", "focusout"]) list.addEventListener(leaving, () => lit.set({ run: null }));
  list.addEventListener("click", (event) => {
    const group = rowOf(event.target)?.dataset["group"];
    if (group !== undefined) return fold(Number(group));
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
  const row = list.contains(focused) ? rowOf(focused) : null;
  if (!focused || !row) return null;
  const { run, group } = row.dataset;
  return `${run === undefined ? `[data-group="${group}"]` : `[data-run="${run}"]`} .${[...focused.classList].pop()}`;
}

/** Fills a scrolling box with rows. */
export function createRunRows(box: HTMLElement, project: string, runs: RunsData, store: Store<WorkspaceState>): RunRows {
  const list = element("ul", { class: "run-rows" });
  const actions = eyes(runs, store);
  const folded = new Set<string>();
  const read = () => rowData(runs, store.get().column, colourKeys(store.get()), store.get().groupBy.length > 0);
  let data: RowData = read();
  let isComplete = store.get().complete;
  let order: readonly number[] = [];
  let items: readonly RunItem[] = [];
  let request = 0;
  list.style.setProperty("--run-row", `${ROW}px`);
  box.append(list);

  const arrangeItems = () => void (items = runItems(order, data.isGrouped ? data.groups : null, folded));

  /** Reads again what the rows show, where that has changed. */
  function bringUpToDate(): void {
    const { column, complete, groupBy } = store.get();
    const isSame = column === data.column && String(colourKeys(store.get())) === String(data.colorBy) && data.isGrouped === groupBy.length > 0;
    if (isSame && complete === isComplete) return;
    data = read();
    isComplete = complete;
    arrangeItems();
  }

  function refresh(): void {
    request = 0;
    const { closed } = store.get();
    bringUpToDate();
    const first = Math.max(0, Math.floor(box.scrollTop / ROW) - SPARE);
    const end = Math.min(items.length, Math.ceil((box.scrollTop + box.clientHeight) / ROW) + SPARE);
    // Rows are made anew, so the one that had the focus gets it back.
    const focused = focusedPart(list);
    list.style.height = `${items.length * ROW}px`;
    const rows = items.slice(first, end).map((item, index) => {
      const row = "run" in item ? runRow(item.run, closed.has(item.run), data, actions) : groupRow(item, closed, data, actions);
      row.style.top = `${(first + index) * ROW}px`;
      return row;
    });
    list.replaceChildren(...rows);
    if (focused) list.querySelector<HTMLElement>(focused)?.focus({ preventScroll: true });
  }

  function fold(group: number): void {
    const name = data.groups?.names[group] ?? "";
    if (!folded.delete(name)) folded.add(name);
    arrangeItems();
    schedule();
  }

  const schedule = () => void (request ||= requestAnimationFrame(refresh));
  const current = () => runOf(document.activeElement) ?? lit.get().run;

  function move(by: 1 | -1): void {
    const run = current();
    let place = run === null ? (by > 0 ? -1 : items.length) : items.findIndex((item) => "run" in item && item.run === run);
    // Headings of groups are passed over.
    do place += by;
    while (items[place] && !("run" in (items[place] as RunItem)));
    const next = items[place];
    if (!next || !("run" in next)) return;
    const top = place * ROW;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top + ROW > box.scrollTop + box.clientHeight) box.scrollTop = top + ROW - box.clientHeight;
    refresh();
    list.querySelector<HTMLElement>(`[data-run="${next.run}"] .run-name`)?.focus({ preventScroll: true });
    lit.set({ project, run: next.run });
  }

  list.addEventListener("keydown", (event) => {
    const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (!by || event.ctrlKey || event.metaKey || event.altKey || runOf(event.target) === null) return;
    event.preventDefault();
    move(by);
  });
  box.addEventListener("scroll", schedule, { passive: true });
  new ResizeObserver(schedule).observe(box);
  watchRows(list, project, actions, fold);
  return {
    show(next) {
      order = next;
      arrangeItems();
      schedule();
    },
    refresh: schedule,
    current,
    toggle: actions.toggle,
    solo: actions.solo,
    move,
  };
}
