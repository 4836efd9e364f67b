/** A logged Plotly figure, drawn by Plotly as it was logged, in its own colours. */
import { element } from "../elements";
import type { PlotlyPayload } from "../types";
import type { PlotlyLibrary } from "./plotly_library";

const HEIGHT = 420;
const TALLEST = 1200;
const CONFIG = { displayModeBar: false, showTips: false, scrollZoom: false, doubleClick: "reset", plotlyServerURL: "" };
/**
 * Plotly, and the maps in it, write style elements when they start, which the policy forbids, unless elements of these names
 * are there. css/plotly.css has the rules. (The second name is a hash in the version that package.json pins.)
 */
const STYLES = ["plotly.js-style-global", "9f215cf04c5486422605d13261cb87401f4e7763b6296af81e98efbc0130da53"];

/** Makes the page ready for Plotly's script. */
export function preparePlotly(): void {
  for (const id of STYLES) {
    if (!document.getElementById(id)) document.head.append(element("meta", { id, class: "no-inline-styles" }));
  }
  allowStyleAttributes();
}

/**
 * Plotly sets some styles as attributes, which the policy takes for text from the page; set by property, the same styles are
 * a script's own doing. Only drawings are affected: our own code sets no style attribute.
 */
function allowStyleAttributes(): void {
  if (Object.prototype.hasOwnProperty.call(SVGElement.prototype, "setAttribute")) return;
  const plain = SVGElement.prototype.setAttribute;
  SVGElement.prototype.setAttribute = function setAttribute(name: string, value: string): void {
    if (name === "style") this.style.cssText = value;
    else plain.call(this, name, value);
  };
}

function sizeOf(value: unknown, most: number, otherwise: number): number {
  return typeof value === "number" && value > 0 ? Math.min(value, most) : otherwise;
}

/** Draws a figure in a host. Returns how to remove it. */
export async function figure(host: HTMLElement, { data, layout }: PlotlyPayload, library: PlotlyLibrary): Promise<() => void> {
  const words = [...host.childNodes];
  const place = element("div", { class: "plotly-place", role: "img", "aria-label": host.dataset["label"] });
  host.replaceChildren(place);
  const width = sizeOf(layout["width"], host.clientWidth, host.clientWidth);
  const height = sizeOf(layout["height"], TALLEST, HEIGHT);
  // Plotly writes into what it is given; the payload is drawn again when the figure comes back into view.
  const own = structuredClone({ data, layout });
  await library.newPlot(place, own.data, { ...own.layout, width, height, autosize: false }, CONFIG);
  return () => {
    library.purge(place);
    host.replaceChildren(...words);
  };
}
