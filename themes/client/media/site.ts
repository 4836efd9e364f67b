/** What media.js is given by the other bundle, whose state it must not have a copy of. */
import type { DataRef, Numbers } from "../types";
import type { PlotlyLibrary } from "./plotly_library";
import type { SpaceLibrary } from "./space/library";

export interface Site {
  load: <T>(ref: DataRef) => Promise<T>;
  /** an absolute url of one that a dataset names */
  url: (uri: string) => string;
  column: (numbers: Numbers) => Float64Array;
  plotly: () => Promise<PlotlyLibrary>;
  space: () => Promise<SpaceLibrary>;
  /** the page in which BokehJS draws; empty when the site has none */
  bokeh: string;
}
