/** Fetches what the overview is too coarse for, once a zoom has come to rest. */
import { detailServes, loadDetail } from "../chart/tiles";
import { type SceneMaker, coarseLines } from "./scene";
import type { PanelSettings } from "./settings";

const SETTLE = 120;

export interface Refiner {
  /** the view has changed: look again when it rests */
  later: () => void;
  isLoading: () => boolean;
  stop: () => void;
}

export interface RefinerOptions {
  maker: SceneMaker;
  settings: () => PanelSettings;
  /** of the plot, in px */
  width: () => number;
  /** called when a load has begun and when it has ended */
  changed: () => void;
}

/** Watches over the details of one panel. */
export function createRefiner({ maker, settings, width, changed }: RefinerOptions): Refiner {
  let timer = 0;
  let loads = 0;
  let stopped = false;

  async function refine(): Promise<void> {
    const now = settings();
    const pixels = width();
    const wanted = coarseLines(maker, now, pixels).filter(
      ({ curve, wanted: part }) => !detailServes(curve, maker.sources.details.get(curve), part),
    );
    if (!wanted.length || stopped) return;
    loads += 1;
    changed();
    // A tile that cannot be had leaves the overview in its place.
    await Promise.allSettled(
      wanted.map(async ({ curve, wanted: part }) => {
        const detail = await loadDetail(curve, part);
        if (detail) maker.sources.details.set(curve, detail);
      }),
    );
    loads -= 1;
    if (!stopped) changed();
  }

  return {
    later() {
      clearTimeout(timer);
      if (!stopped) timer = window.setTimeout(() => void refine(), SETTLE);
    },
    isLoading: () => loads > 0,
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
