/** What draws runs tables: a script of its own, loaded by the pages that have one. */
import type { ProjectIndex, RunsData, TableOptions } from "../types";
import { RunsTable } from "./runs_table";

/** Puts a table into its element. */
function runsTable(host: HTMLElement, index: ProjectIndex, data: RunsData, options: TableOptions): void {
  new RunsTable(host, index, data, options).mount();
}

const library = { runsTable };
export type TableLibrary = typeof library;

if (window.reportgen) window.reportgen.table = library;
