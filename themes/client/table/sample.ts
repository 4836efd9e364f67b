/** Small tables for tests, from columns written as key -> values. */
import type { Cell, Column, ColumnType, RunsData } from "../types";

function typeOf(key: string, values: readonly Cell[]): ColumnType {
  if (key === "state") return "state";
  if (key === "started") return "time";
  if (key === "duration") return "duration";
  const first = values.find((value) => value !== null);
  if (typeof first === "number") return "number";
  if (typeof first === "boolean") return "boolean";
  return Array.isArray(first) ? "list" : "string";
}

export function runsData(columns: Record<string, Cell[]>): RunsData {
  const length = Object.values(columns)[0]?.length ?? 0;
  const ids = Array.from({ length }, (_, index) => `r${index}`);
  return {
    project: "digits",
    ids,
    urls: ids.map((id) => `runs/${id}/index.html`),
    columns: Object.entries(columns).map(([key, values]): Column => {
      const group = key.startsWith("config.") ? "config" : key.startsWith("summary.") ? "summary" : "run";
      const label = group === "run" ? key : key.slice(group.length + 1);
      return { key, label, group, type: typeOf(key, values), values };
    }),
  };
}
