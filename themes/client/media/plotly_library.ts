/** plotly.js: Plotly's bundle for pages with a strict policy, as it is. Copied only into sites with a Plotly figure. */
import Plotly from "plotly.js-strict-dist-min";

/** What plotly.js gives to the other bundles. */
export type PlotlyLibrary = typeof Plotly;

if (window.reportgen) window.reportgen.plotly = Plotly;
