import type { BandKind } from "../types";

/** What the bands are called where there is room for words. */
export const BAND_NAMES: Readonly<Record<BandKind, string>> = {
  std: "± std. deviation",
  sem: "± std. error",
  minmax: "min–max",
  ci95: "95 % interval",
  none: "no band",
};
