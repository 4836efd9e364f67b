/** What every part of the page that compares runs knows. */
import { load } from "../data";
import type { Store } from "../store";
import type { ProjectIndex, RunsData } from "../types";
import { type Chosen, chosenRuns } from "./address";
import type { ComparedRun } from "./payloads";
import type { CompareState } from "./state";

export interface CompareContext {
  index: ProjectIndex;
  runs: RunsData;
  /** of each run, by number */
  names: readonly string[];
  store: Store<CompareState>;
  chosen: () => Chosen;
  /** Loads what is compared of a run besides the runs table; null when the build wrote nothing of it. */
  details: (run: number) => Promise<ComparedRun | null>;
}

/** The key of a dataset whose file is named after it and a hash. */
export function keyOf(url: string): string {
  return url.replace(/^data\//, "").replace(/\.[0-9a-f]{8}\.js$/, "");
}

/** The context of a project; `urls` are where what is compared of each run is. */
export function createContext(
  given: Pick<CompareContext, "index" | "runs" | "names" | "store">,
  urls: readonly string[],
): CompareContext {
  const { runs, store } = given;
  return {
    ...given,
    chosen: () => chosenRuns(store.get().runs, runs.ids),
    async details(run) {
      const url = urls[run];
      return url ? load<ComparedRun>({ key: keyOf(url), url }) : null;
    },
  };
}

/** A part of the page: what it shows of the chosen runs, and how it is left. */
export interface PartView {
  root: HTMLElement;
  leave: () => void;
}
