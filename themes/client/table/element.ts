/** `<rg-runs-table>`: the runs of a project as a table. What it holds without JavaScript stays until the data are here. */
import { pageUrl, load, projectIndex } from "../data";
import { element } from "../elements";
import { copyText } from "../clipboard";
import { bindToUrl, createStore, type Store } from "../store";
import type { Column, RunsData, TableOptions } from "../types";
import { columnChooser } from "./chooser";
import { bestValue, columnsByKey, extent, isMetric, isNumeric, lowerIsBetter, plainText } from "./columns";
import { tableCsv } from "./csv";
import { Grid } from "./grid";
import { tableKeys } from "./keyboard";
import { menuItem, openMenu } from "./menu";
import { toggledSort } from "./sort";
import { defaultColumns, firstState, stateCodec, type TableState } from "./state";
import { tableToolbar, type Toolbar, type ToolbarEvents } from "./toolbar";
import { tableView, type TableView } from "./view";

let tables = 0;

/** A filter with one more condition that a run has a tag. */
export function withTag(filter: string, tag: string): string {
  const condition = `${JSON.stringify(tag)} in tags`;
  const text = filter.trim();
  if (!text) return condition;
  return text.includes(condition) ? text : `${/\|\||\?/.test(text) ? `(${text})` : text} && ${condition}`;
}

class RunsTable {
  private readonly store: Store<TableState>;
  private readonly closed = new Set<string>();
  private readonly known: Map<string, Column>;
  private readonly grid: Grid;
  private readonly toolbar: Toolbar;
  private view: TableView;

  constructor(
    private readonly host: HTMLElement,
    private readonly data: RunsData,
    private readonly options: TableOptions,
  ) {
    const first = firstState(options);
    this.store = createStore(first);
    if (options.url) bindToUrl(this.store, stateCodec(first));
    this.known = columnsByKey(data);
    this.view = this.computed();
    this.grid = new Grid(`Runs of ${data.project}`, {
      sort: (key, add) => this.sort(key, add),
      menu: (key, anchor) => this.columnMenu(key, anchor),
      resize: (key, width) => this.grid.setWidth(key, width),
    });
    this.grid.element.id = `grid-${(tables += 1)}`;
    const events = {
      filter: (filter: string) => this.store.set({ filter }),
      group: (group: string) => this.store.set({ group }),
      differing: (differing: boolean) => this.store.set({ differing }),
      columns: (anchor: HTMLElement) => this.openChooser(anchor),
      download: () => this.download(),
    } satisfies ToolbarEvents;
    this.toolbar = tableToolbar(data.columns, events, options.url ? null : { total: this.view.all.length });
    tableKeys(this.grid, () => this.view, {
      open: (run, inNewTab) => this.open(run, inNewTab),
      fold: (row) => this.fold(row),
      sort: (key, add) => this.sort(key, add),
      copy: (run, key) => void copyText(plainText(this.known.get(key)?.values[run])),
    });
    this.grid.element.addEventListener("click", (event) => this.clicked(event));
    this.store.subscribe((state, before) => {
      if (state.group !== before.group) {
        this.closed.clear();
        this.grid.measureAgain();
      }
      this.draw();
    });
  }

  mount(): void {
    this.host.classList.toggle("runs-table-page", Boolean(this.options.url));
    this.host.replaceChildren(this.toolbar.bar, this.toolbar.error, this.grid.element);
    this.draw();
  }

  private computed(): TableView {
    return tableView(this.data, this.options, this.store.get(), this.closed);
  }

  private draw(): void {
    const state = this.store.get();
    this.view = this.computed();
    const shown = [...this.view.pinned, ...this.view.columns];
    const best = new Map(shown.filter(isMetric).map((column) => [column.key, bestValue(column, this.view.runs)]));
    const bars = new Map(
      shown.filter((column) => state.bars.includes(column.key)).map((column) => [column.key, extent(column, this.view.runs)]),
    );
    this.toolbar.update(state, this.view);
    this.grid.show({ view: this.view, context: { data: this.data, best, bars }, sort: state.sort });
  }

  private sort(key: string, add: boolean): void {
    const column = this.known.get(key);
    const down = column && ((isMetric(column) && !lowerIsBetter(key)) || column.type === "time");
    this.store.set({ sort: toggledSort(this.store.get().sort, key, add, down ? "down" : "up") });
  }

  private fold(row: number): void {
    const item = this.view.items[row];
    if (item?.kind !== "group") return;
    if (!this.closed.delete(item.group.value)) this.closed.add(item.group.value);
    this.draw();
  }

  private open(run: number, inNewTab: boolean): void {
    const url = this.data.urls[run];
    if (!url) return;
    if (inNewTab) window.open(pageUrl(url), "_blank", "noopener");
    else location.href = pageUrl(url);
  }

  private clicked(event: MouseEvent): void {
    const target = event.target as Element;
    const tag = target.closest<HTMLElement>("[data-tag]")?.dataset["tag"];
    if (tag !== undefined) {
      this.toolbar.input.blur();
      this.store.set({ filter: withTag(this.store.get().filter, tag) });
    } else if (target.closest(".group-toggle")) {
      this.fold(Number(target.closest<HTMLElement>(".grid-row")?.dataset["row"]));
    }
  }

  private shownKeys(): string[] {
    return this.store.get().columns ?? defaultColumns(this.data, this.options);
  }

  private openChooser(anchor: HTMLElement): void {
    openMenu(
      anchor,
      "Columns",
      ...columnChooser({
        columns: this.data.columns,
        shown: this.shownKeys(),
        usual: defaultColumns(this.data, this.options),
        change: (columns) => this.store.set({ columns }),
      }),
    );
  }

  private columnMenu(key: string, anchor: HTMLElement): void {
    const state = this.store.get();
    const column = this.known.get(key);
    if (!column) return;
    const sorted = state.sort.find((one) => one.key === key);
    const item = (text: string, changes: Partial<TableState>, checked?: boolean) =>
      menuItem(text, () => {
        close();
        this.store.set(changes);
      }, checked);
    const bars = state.bars.includes(key);
    const items: Node[] = [
      item("Sort ascending", { sort: [{ key, descending: false }] }, sorted?.descending === false),
      item("Sort descending", { sort: [{ key, descending: true }] }, sorted?.descending === true),
      item("Group by this", { group: state.group === key ? "" : key }, state.group === key),
    ];
    if (isNumeric(column)) {
      items.push(item("Bars", { bars: bars ? state.bars.filter((one) => one !== key) : [...state.bars, key] }, bars));
    }
    if (key !== "name") items.push(item("Hide", { columns: this.shownKeys().filter((one) => one !== key) }, false));
    const close = openMenu(anchor, `Column ${column.label}`, element("p", { class: "menu-title mono" }, key), ...items);
  }

  private download(): void {
    const text = tableCsv(this.data, this.grid.order, this.view.items.flatMap((item) => (item.kind === "run" ? item.run : [])));
    const url = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
    const link = element("a", { href: url, download: `${this.data.project}-runs.csv` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  }
}

class RunsTableElement extends HTMLElement {
  connectedCallback(): void {
    if (this.dataset["ready"]) return;
    this.dataset["ready"] = "loading";
    this.start().catch((error: unknown) => {
      // The rows from the build are still there, and this says why there is no more.
      this.dataset["ready"] = "failed";
      const text = error instanceof Error ? error.message : String(error);
      this.append(element("p", { class: "table-error" }, `The whole table could not be shown: ${text}.`));
    });
  }

  private async start(): Promise<void> {
    const options = JSON.parse(this.dataset["options"] ?? "{}") as TableOptions;
    const index = await projectIndex(options.project);
    const data = await load<RunsData>(index.runs);
    new RunsTable(this, data, options).mount();
    this.dataset["ready"] = "true";
  }
}

customElements.define("rg-runs-table", RunsTableElement);
