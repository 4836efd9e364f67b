/** A runs table: its state, what is drawn of it, and what its controls do. */
import { copyText } from "../clipboard";
import { pageUrl } from "../data";
import { download, fileName } from "../panels/export";
import { bindToUrl, createStore, type Store } from "../store";
import type { Column, ProjectIndex, RunsData, TableOptions } from "../types";
import { compareAddress } from "../compare/address";
import { closedAtFirst } from "../workspace/state";
import type { CellContext } from "./cells";
import { ColumnControls } from "./column_controls";
import { bestMean, bestValue, columnsByKey, EYE, extent, isMetric, lowerIsBetter, plainText } from "./columns";
import { withCondition } from "./conditions";
import { downloadMenu } from "./downloads";
import { aggregate, isAveraged } from "./group";
import { groupMenu } from "./group_menu";
import { Grid } from "./grid";
import { tableKeys } from "./keyboard";
import { openMenu } from "./menu";
import { carryShownRuns, shownRunsText } from "./parallel";
import { closedEyes, selectedRows, tickedOf } from "./selecting";
import { toggledSort } from "./sort";
import { firstState, stateCodec, type TableState } from "./state";
import { tableCsv, tableMarkdown } from "./take_away";
import { tableToolbar, type Toolbar } from "./toolbar";
import { tableView, type TableView } from "./view";

/** What another choice of rows or columns follows from; the rest only changes how they look. */
const DECIDES: readonly (keyof TableState)[] = ["filter", "sort", "group", "folded", "columns", "differing", "pinned", "baseline"];

let tables = 0;

function remembered<Value>(find: (column: Column) => Value): (column: Column) => Value {
  const known = new Map<Column, Value>();
  return (column) => {
    if (!known.has(column)) known.set(column, find(column));
    return known.get(column) as Value;
  };
}

export class RunsTable {
  private readonly store: Store<TableState>;
  /** groups that are not as `folded` says */
  private readonly toggled = new Set<string>();
  private readonly known: Map<string, Column>;
  private readonly grid: Grid;
  private readonly toolbar: Toolbar;
  private readonly controls: ColumnControls;
  private view: TableView;
  private lastTicked: number | null = null;

  constructor(
    private readonly host: HTMLElement,
    private readonly index: ProjectIndex,
    private readonly data: RunsData,
    private readonly options: TableOptions,
  ) {
    const first = firstState(options, options.url ? closedAtFirst(data.ids.length) : undefined);
    this.store = createStore(first);
    if (options.url) {
      bindToUrl(this.store, stateCodec(first, data, options));
      carryShownRuns(pageUrl(index.pages.workspace), data, this.store);
    }
    this.known = columnsByKey(data);
    this.view = this.computed();
    this.controls = new ColumnControls({ store: this.store, grid: () => this.grid, view: () => this.view, data, options, known: this.known });
    this.grid = new Grid(`Runs of ${data.project}`, {
      sort: (key, add) => this.sort(key, add),
      menu: (key, anchor) => this.controls.openMenu(key, anchor),
      resize: (key, width, done) => (done ? this.controls.widen(key, width) : this.grid.tryWidth(key, width)),
      move: (key, beside, after) => this.controls.move(key, beside, after),
      selectAll: (on) => this.selectAll(on),
    });
    this.grid.element.id = `grid-${(tables += 1)}`;
    if (options.url) this.grid.element.setAttribute("aria-multiselectable", "true");
    this.toolbar = this.createToolbar();
    this.listen();
  }

  mount(): void {
    this.host.classList.toggle("runs-table-page", Boolean(this.options.url));
    this.host.replaceChildren(this.toolbar.bar, this.toolbar.error, this.grid.element);
    this.draw();
  }

  private createToolbar(): Toolbar {
    const set = (changes: Partial<TableState>) => this.store.set(changes);
    const ticked = () => this.view.all.filter((run) => this.store.get().selected.has(run));
    const columns = () => this.grid.order.filter(({ key }) => key !== EYE);
    const ordered = () => [...this.view.runs.filter((run) => this.store.get().selected.has(run)), ...ticked().filter((run) => !this.view.runs.includes(run))];
    const save = (name: string, text: string, type: string) => download(fileName(`${this.data.project}-runs`, name), new Blob([text], { type }));
    return tableToolbar(
      {
        filter: (filter) => set({ filter }),
        group: (anchor) => void openMenu(anchor, "Group by", ...groupMenu({ ...this.store.get(), columns: this.data.columns, change: set })),
        differing: (differing) => set({ differing }),
        columns: (anchor) => this.controls.openChooser(anchor),
        download: (anchor) => void openMenu(anchor, "Download", ...downloadMenu(this.data, columns(), this.view.runs, save)),
        noBaseline: () => set({ baseline: "" }),
        compareUrl: () => compareAddress(pageUrl(this.index.pages.compare), ordered().map((run) => this.data.ids[run] ?? "")),
        workspaceUrl: () => {
          const { selected } = this.store.get();
          const closed = new Set(this.data.ids.flatMap((_, run) => (selected.has(run) ? [] : run)));
          return `${pageUrl(this.index.pages.workspace)}#${shownRunsText(this.data, { filter: "", closed })}`;
        },
        markdown: () => copyText(tableMarkdown(this.data, columns(), ordered())),
        csv: () => save("csv", tableCsv(this.data, columns(), ordered()), "text/csv"),
        baseline: (run) => set({ baseline: this.data.ids[run] ?? "", selected: new Set() }),
        eyes: (shown) => set(closedEyes(this.store.get(), ticked(), shown)),
        clear: () => set({ selected: new Set() }),
      },
      this.options.url ? null : { total: this.view.all.length },
    );
  }

  private listen(): void {
    tableKeys(this.grid, () => this.view, {
      open: (run, inNewTab) => this.open(run, inNewTab),
      fold: (row) => this.fold(row),
      sort: (key, add) => this.sort(key, add),
      copy: (run, key) => void copyText(plainText(this.known.get(key)?.values[run])),
      menu: (key) => this.grid.element.querySelector<HTMLElement>(`.head[data-key="${CSS.escape(key)}"] .head-menu`)?.click(),
      select: (row) => this.select(row, false),
      selectAll: () => this.selectAll(true),
      eye: (run) => this.toggleEye(run, false),
      baseline: (run) => this.toggleBaseline(run),
      shift: (key, by) => this.controls.shift(key, by)?.(),
      widen: (key, by) => this.controls.widen(key, this.grid.widthOf(this.known.get(key) as Column) + by),
      escape: () => {
        const any = this.store.get().selected.size > 0;
        if (any) this.store.set({ selected: new Set() });
        return any;
      },
    });
    this.grid.element.addEventListener("click", (event) => this.clicked(event));
    this.store.subscribe((state, before) => {
      const changed = (field: keyof TableState) => state[field] !== before[field];
      if (changed("group") || changed("folded")) this.toggled.clear();
      if (changed("group") || changed("baseline")) this.grid.measureAgain();
      if (DECIDES.some(changed)) this.view = this.computed();
      this.draw();
    });
  }

  private computed(): TableView {
    return tableView(this.data, this.options, this.store.get(), this.toggled);
  }

  private draw(): void {
    const state = this.store.get();
    const { view } = this;
    const context: CellContext = {
      data: this.data,
      best: remembered((column) => (isMetric(column) ? bestValue(column, view.runs) : NaN)),
      bestMean: remembered((column) => bestMean(column, view.groups?.map(({ runs }) => (isAveraged(column) ? aggregate(column, runs).mean : NaN)) ?? [])),
      heat: remembered((column) => (state.heat.includes(column.key) ? extent(column, view.runs) : null)),
      baseline: view.baseline,
      closed: state.closed,
      selects: Boolean(this.options.url),
      selected: state.selected,
    };
    const labels = {
      group: state.group.map((key) => this.known.get(key)?.label ?? key),
      baseline: view.baseline < 0 ? "" : plainText(this.known.get("name")?.values[view.baseline]) || state.baseline,
    };
    this.toolbar.update(state, view, labels);
    this.grid.show({ view, context, heads: { sort: state.sort, ticked: tickedOf(view, state.selected) }, widths: state.widths });
  }

  private sort(key: string, add: boolean): void {
    const column = this.known.get(key);
    if (!column) return;
    const down = (isMetric(column) && !lowerIsBetter(key)) || column.type === "time";
    this.store.set({ sort: toggledSort(this.store.get().sort, key, add, down ? "down" : "up") });
  }

  private fold(row: number): void {
    const item = this.view.items[row];
    if (item?.kind !== "group") return;
    if (!this.toggled.delete(item.group.path)) this.toggled.add(item.group.path);
    this.view = this.computed();
    this.draw();
  }

  private open(run: number, inNewTab: boolean): void {
    const url = this.data.urls[run];
    if (!url) return;
    if (inNewTab) window.open(pageUrl(url), "_blank", "noopener");
    else location.href = pageUrl(url);
  }

  private select(row: number, range: boolean): void {
    if (!this.options.url) return;
    this.store.set(selectedRows(this.view, this.store.get(), row, range ? this.lastTicked : null));
    this.lastTicked = row;
  }

  private selectAll(on: boolean): void {
    if (this.options.url) this.store.set({ selected: new Set(on ? this.view.runs : []) });
  }

  private toggleEye(run: number, only: boolean): void {
    if (!this.options.url) return;
    const state = this.store.get();
    if (only) this.store.set({ closed: new Set(this.data.ids.flatMap((_, other) => (other === run ? [] : other))) });
    else this.store.set(closedEyes(state, [run], state.closed.has(run)));
  }

  private toggleBaseline(run: number): void {
    const id = this.data.ids[run] ?? "";
    this.store.set({ baseline: this.store.get().baseline === id ? "" : id });
  }

  private clicked(event: MouseEvent): void {
    const target = event.target as Element;
    const row = target.closest<HTMLElement>(".grid-row");
    // Who selects text does not want to lose it.
    if (!row || target.closest("a") || !getSelection()?.isCollapsed) return;
    const place = Number(row.dataset["row"]);
    const column = Number(target.closest("[aria-colindex]")?.getAttribute("aria-colindex") ?? 1) - 1;
    const item = this.view.items[place];
    const tag = target.closest<HTMLElement>("[data-tag]")?.dataset["tag"];
    if (tag !== undefined) this.store.set({ filter: withCondition(this.store.get().filter, `${JSON.stringify(tag)} in tags`) });
    else if (target.closest(".group-toggle")) this.fold(place);
    else if (target.closest(".row-tick")) this.select(place, event.shiftKey);
    else if (target.closest(".row-eye") && item?.kind === "run") this.toggleEye(item.run, event.altKey);
    // What was clicked has been drawn anew, and the keys go on from here.
    this.grid.activate({ row: tag === undefined ? place : 0, column });
    this.grid.element.focus({ preventScroll: true });
  }
}
