/** The rows of the run list: only those in view exist, so that ten thousand runs scroll like ten. */
import { lit } from "../chart/crosshair";
import { swatch } from "../chart/swatch";
import { runDash } from "../colour";
import { pageUrl } from "../data";
import { button, element } from "../elements";
import { formatNumber } from "../format";
import { icon } from "../icons";
import { cells, groupName, groupsBy, runNames } from "../runs";
import type { Store } from "../store";
import type { RunsData } from "../types";
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

interface Values {
  column: string;
  values: readonly (number | null)[];
  low: number;
  high: number;
}

function readValues(runs: RunsData, column: string): Values {
  const values = cells(runs, column).map((cell) => (typeof cell === "number" ? cell : null));
  const numbers = values.filter((value): value is number => value !== null);
  return { column, values, low: numbers.reduce((a, b) => Math.min(a, b), Infinity), high: numbers.reduce((a, b) => Math.max(a, b), -Infinity) };
}

/** Fills a scrolling box with rows. */
export function createRunRows(box: HTMLElement, project: string, runs: RunsData, store: Store<WorkspaceState>): RunRows {
  const names = runNames(runs);
  const states = cells(runs, "state");
  const list = element("ul", { class: "run-rows" });
  let order: readonly number[] = [];
  let known: Values = { column: "", values: [], low: 0, high: 0 };
  let request = 0;
  box.append(list);

  const toggle = (run: number) => {
    const closed = new Set(store.get().closed);
    if (!closed.delete(run)) closed.add(run);
    store.set({ closed });
  };

  /** Only this run; once more, all of them. */
  const solo = (run: number) => {
    const { closed } = store.get();
    const alone = !closed.has(run) && closed.size === runs.ids.length - 1;
    store.set({ closed: new Set(alone ? [] : runs.ids.map((_, other) => other).filter((other) => other !== run)) });
  };

  function valueCell(run: number): HTMLElement | null {
    const value = known.values[run];
    if (!known.column || value === null || value === undefined) return null;
    const share = known.high > known.low ? (value - known.low) / (known.high - known.low) : 1;
    const bar = element("span", { class: "run-bar" });
    bar.style.setProperty("--share", String(0.04 + 0.96 * share));
    return element("span", { class: "run-value", title: `${known.column} ${value}` }, bar, formatNumber(value));
  }

  function row(run: number, place: number): HTMLElement {
    const { closed, colorBy } = store.get();
    const groups = colorBy ? groupsBy(runs, colorBy) : null;
    const colour = groups?.of[run] ?? run;
    const isClosed = closed.has(run);
    const name = names[run] ?? "";
    const eye = button(`${isClosed ? "Show" : "Hide"} ${name} (Alt: only this)`, icon(isClosed ? "eyeOff" : "eye"), (event) => {
      event.stopPropagation();
      if (event.altKey) solo(run);
      else toggle(run);
    });
    eye.className = "icon-button run-eye";
    eye.setAttribute("aria-pressed", String(!isClosed));
    const only = button(`Show only ${name}`, icon("crosshair"), (event) => {
      event.stopPropagation();
      solo(run);
    });
    only.className = "icon-button run-only";
    const link = element("a", { class: "run-name", href: pageUrl(runs.urls[run] ?? ""), title: name }, name);
    const state = String(states[run] ?? "");
    const mark = state && state !== "finished" ? element("span", { class: "state", "data-state": state, title: state, "aria-label": state }) : null;
    const group = groups ? element("span", { class: "run-group" }, groupName(cells(runs, colorBy)[run] ?? null)) : null;
    const made = element("li", { class: isClosed ? "run-row run-closed" : "run-row" }, eye, swatch(colour, runDash(colour)), link, mark, group, only, valueCell(run));
    made.dataset["run"] = String(run);
    made.style.top = `${place * ROW}px`;
    return made;
  }

  function refresh(): void {
    request = 0;
    const { column } = store.get();
    if (column !== known.column) known = readValues(runs, column);
    const first = Math.max(0, Math.floor(box.scrollTop / ROW) - SPARE);
    const end = Math.min(order.length, Math.ceil((box.scrollTop + box.clientHeight) / ROW) + SPARE);
    const focused = (document.activeElement as HTMLElement | null)?.closest<HTMLElement>(".run-row")?.dataset["run"];
    const focusedClass = document.activeElement?.className;
    list.style.height = `${order.length * ROW}px`;
    list.replaceChildren(...order.slice(first, end).map((run, index) => row(run, first + index)));
    // Rows are made anew, so the one that had the focus gets it back.
    if (focused !== undefined && focusedClass) {
      list.querySelector<HTMLElement>(`[data-run="${focused}"] .${focusedClass.split(" ").pop()}`)?.focus({ preventScroll: true });
    }
  }

  const schedule = () => void (request ||= requestAnimationFrame(refresh));
  const runOf = (event: Event) => (event.target as Element).closest<HTMLElement>(".run-row")?.dataset["run"];

  box.addEventListener("scroll", schedule, { passive: true });
  new ResizeObserver(schedule).observe(box);
  list.addEventListener("pointerover", (event) => {
    const run = runOf(event);
    if (run !== undefined) lit.set({ project, run: Number(run) });
  });
  list.addEventListener("pointerleave", () => lit.set({ run: null }));
  list.addEventListener("click", (event) => {
    const run = runOf(event);
    if (run === undefined) return;
    const onName = (event.target as Element).closest("a");
    if (onName && !event.altKey) return;
    event.preventDefault();
    if (event.altKey) solo(Number(run));
    else toggle(Number(run));
  });

  function current(): number | null {
    const focused = (document.activeElement as HTMLElement | null)?.closest<HTMLElement>(".run-row")?.dataset["run"];
    return focused === undefined ? lit.get().run : Number(focused);
  }

  function move(by: 1 | -1): void {
    const run = current();
    const at = run === null ? -1 : order.indexOf(run);
    const next = order[Math.min(Math.max(at + by, 0), order.length - 1)];
    if (next === undefined) return;
    const top = order.indexOf(next) * ROW;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top + ROW > box.scrollTop + box.clientHeight) box.scrollTop = top + ROW - box.clientHeight;
    refresh();
    list.querySelector<HTMLElement>(`[data-run="${next}"] .run-name`)?.focus({ preventScroll: true });
    lit.set({ project, run: next });
  }

  return {
    show(next) {
      order = next;
      schedule();
    },
    refresh: schedule,
    current,
    toggle,
    move,
  };
}
