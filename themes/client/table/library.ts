/** What draws runs tables: a script of its own, loaded by the pages that have one. */
import type { ProjectIndex, RunsData, TableOptions } from "../types";
import { RunsTable, type Services } from "./runs_table";

/** Puts a table into its element. */
function runsTable(host: HTMLElement, source: { index: ProjectIndex; data: RunsData; options: TableOptions }, services: Services): void {
  new RunsTable(host, source.index, source.data, source.options, services).mount();
}

const library = { runsTable };
export type TableLibrary = typeof library;

if (window.reportgen) window.reportgen.table = library;
