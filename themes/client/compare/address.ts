/** Which runs are compared, as the address has it: their ids with commas between, the baseline first. */
import { joinNames, splitNames } from "../names";

/** More columns than this cannot be read side by side. */
export const MOST_COMPARED = 10;

/** The ids in a text, each once. */
export function readIds(text: string): string[] {
  return [...new Set(splitNames(text))].filter(Boolean);
}

/** The address of the page that compares some runs; `page` is where that page is. The twin of compare_uri in reportgen/pages/compare.py. */
export function compareAddress(page: string, ids: readonly string[]): string {
  return `${page}#runs=${encodeURIComponent(joinNames(ids)).replace(/%2C/g, ",")}`;
}

/** The runs that an address names: numbers of those that are compared, ids that the project does not have, how many were too many. */
export interface Chosen {
  runs: number[];
  unknown: string[];
  left: number;
}

/** Finds runs by their ids, in their order. */
export function chosenRuns(ids: readonly string[], known: readonly string[]): Chosen {
  const places = new Map(known.map((id, run) => [id, run]));
  const found = ids.flatMap((id) => places.get(id) ?? []);
  return {
    runs: found.slice(0, MOST_COMPARED),
    unknown: ids.filter((id) => !places.has(id)),
    left: Math.max(0, found.length - MOST_COMPARED),
  };
}

/** Ids with the one at a place moved to another. */
export function movedId(ids: readonly string[], id: string, to: number): string[] {
  const rest = ids.filter((other) => other !== id);
  const place = Math.min(Math.max(to, 0), rest.length);
  return [...rest.slice(0, place), id, ...rest.slice(place)];
}
