/** Ticking runs and closing eyes, as changes of the state. */
import type { TableState } from "./state";
import type { TableView } from "./view";

/** The runs of a row: one, or all of a group. */
export function runsOfRow(view: TableView, row: number): readonly number[] {
  const item = view.items[row];
  return item ? (item.kind === "run" ? [item.run] : item.group.runs) : [];
}

/** A row ticked, or no longer if all of it was; with `from` every row between the two takes the state of that one. */
export function selectedRows(view: TableView, state: TableState, row: number, from: number | null): Partial<TableState> {
  const selected = new Set(state.selected);
  const own = runsOfRow(view, row);
  const on = from === null ? own.some((run) => !selected.has(run)) : runsOfRow(view, from).every((run) => selected.has(run));
  const [first, last] = [Math.min(row, from ?? row), Math.max(row, from ?? row)];
  for (let index = first; index <= last; index += 1) {
    for (const run of runsOfRow(view, index)) {
      if (on) selected.add(run);
      else selected.delete(run);
    }
  }
  return { selected };
}

/** Eyes of some runs closed or opened. */
export function closedEyes(state: TableState, runs: Iterable<number>, shown: boolean): Partial<TableState> {
  const closed = new Set(state.closed);
  for (const run of runs) {
    if (shown) closed.delete(run);
    else closed.add(run);
  }
  return { closed };
}

/** How much of what is shown is ticked. */
export function tickedOf(view: TableView, selected: ReadonlySet<number>): "none" | "some" | "all" {
  if (!selected.size) return "none";
  const many = view.runs.filter((run) => selected.has(run)).length;
  return many === 0 ? "none" : many === view.runs.length ? "all" : "some";
}
