/** The runs of a project as they are loaded; apart from `runs`, which must not need what has loaded them. */
import { load } from "./data";
import type { ProjectIndex, RunsData } from "./types";

/** The runs of a project, of a large one at first with the columns alone that the workspace begins with. */
export function firstRuns(index: ProjectIndex): Promise<RunsData> {
  return load<RunsData>(index.first ?? index.runs);
}

/** The same object with the values of all columns. */
export async function allRuns(index: ProjectIndex): Promise<RunsData> {
  const [runs, all] = await Promise.all([firstRuns(index), load<RunsData>(index.runs)]);
  runs.columns.forEach((column, place) => (column.values = all.columns[place]?.values ?? column.values));
  return runs;
}
