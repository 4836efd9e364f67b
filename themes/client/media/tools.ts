/**
 * media.js: what only some galleries need. Loaded on demand; it must not import `data`, whose state is the other bundle's.
 */
import { cloud } from "./cloud";
import { overlays } from "./overlays";
import { figure, preparePlotly } from "./plotly";

const tools = { cloud, figure, overlays, preparePlotly };

/** What media.js gives to the other bundle. */
export type MediaTools = typeof tools;

if (window.reportgen) window.reportgen.media = tools;
