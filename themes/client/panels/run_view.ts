/** What the panels of a run's page show beside its main lines: one choice for all of them, kept in the address. */
import { type Codec, type Store, createStore, readState, switchField, textField, writeState } from "../store";
import type { PanelSettings } from "./settings";

/** The main rank alone, a line for each rank, or their mean within the band from the least to the greatest. */
export type RankView = "main" | "each" | "band";

export interface RunView {
  ranks: RankView;
  /** whether points that later attempts have replaced are drawn */
  overwritten: boolean;
  /** names of ranks that are not drawn */
  hiddenRanks: ReadonlySet<string>;
}

/** Nothing beside the main lines. */
export const MAIN_ONLY: RunView = { ranks: "main", overwritten: false, hiddenRanks: new Set() };

/** How it stands in the address. */
export const runViewCodec: Codec<RunView> = {
  ranks: textField<RankView>("main", ["main", "each", "band"]),
  overwritten: switchField,
};

/** The choice of this page. */
export const runView: Store<RunView> = createStore(MAIN_ONLY);

function choice({ ranks, overwritten, hiddenRanks }: RunView): RunView {
  return { ranks, overwritten, hiddenRanks };
}

/** Lets a panel follow the choice of the page and make it. Returns how to stop. */
export function shareRunView(settings: Store<PanelSettings>): () => void {
  settings.set(choice(runView.get()));
  const stops = [
    runView.subscribe((view) => settings.set(choice(view))),
    settings.subscribe((state) => runView.set(choice(state))),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** Keeps the choice in the address, before its `#`, which names the tab. */
export function bindRunView(): void {
  runView.set(readState(location.search, runViewCodec));
  runView.subscribe((view) => {
    const others = new URLSearchParams(location.search);
    for (const name of Object.keys(runViewCodec)) others.delete(name);
    const text = [writeState(view, runViewCodec), others.toString()].filter(Boolean).join("&");
    history.replaceState(history.state, "", `${location.pathname}${text && `?${text}`}${location.hash}`);
  });
}
