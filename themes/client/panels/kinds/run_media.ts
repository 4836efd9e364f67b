/** What the runs of a project logged besides numbers: which of them have a key, and what is there. */
import type { MediaPlaces, RunMedia, RunMedium, RunsData } from "../../types";
import type { PanelTools } from "../late";

/** The runs shown that logged something under a key, oldest first. */
export function runsWithMedia(runs: RunsData, hidden: ReadonlySet<number>, places: MediaPlaces | null, key: string): number[] {
  const having = places && Object.prototype.hasOwnProperty.call(places.keys, key) ? (places.keys[key] ?? []) : [];
  return having.filter((run) => run < runs.ids.length && !hidden.has(run));
}

/** What a run logged under a key. It is in one of two files: where other runs have it, or else in the other. */
export async function loadRunMedia(tools: Pick<PanelTools, "load">, places: MediaPlaces, run: number, key: string, kind: string): Promise<readonly RunMedium[]> {
  const parts = kind === "histogram" ? [places.histograms, places.media] : [places.media, places.histograms];
  for (const part of parts) {
    const ref = part[run];
    if (!ref) continue;
    const { media } = await tools.load<RunMedia>(ref);
    if (Object.prototype.hasOwnProperty.call(media, key)) return media[key] ?? [];
  }
  return [];
}
