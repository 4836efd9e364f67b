/** A short piece of a run's line: its colour and its dash pattern, where its name stands. */
import { runToken } from "../colour";

const SVG = "http://www.w3.org/2000/svg";

/** A swatch of a place in the palette and a dash pattern. */
export function swatch(colour: number, dash: readonly number[]): SVGSVGElement {
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("class", "swatch");
  drawing.setAttribute("viewBox", "0 0 16 8");
  drawing.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(SVG, "line");
  for (const [name, value] of Object.entries({ x1: 0, x2: 16, y1: 4, y2: 4, "stroke-width": 2.5 })) {
    line.setAttribute(name, String(value));
  }
  if (dash.length) line.setAttribute("stroke-dasharray", dash.slice(0, 2).map((part) => part * 0.7).join(" "));
  line.style.stroke = `var(${runToken(colour)})`;
  drawing.append(line);
  return drawing;
}
