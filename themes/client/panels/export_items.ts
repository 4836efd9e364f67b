/** What every panel offers to take away: a picture, its numbers, its specification. */
import { inWords } from "../errors";
import { theme } from "../theme";
import { download, fileName } from "./export";
import type { MenuItem } from "./menu";
import { type LegendEntry, pictureSvg, pngOfSvg } from "./picture";

export interface Exports {
  title: string;
  /** the plot alone, as the text of an SVG */
  svg: () => string | Promise<string>;
  /** what the lines or points are called in a picture; empty where the plot says so itself */
  legend?: () => readonly LegendEntry[];
  /** what is drawn, as CSV */
  csv?: () => string;
  /** a specification with its data: what it is called, and itself */
  spec?: { label: string; make: () => object };
}

/** The items of a menu. `failed` is told in words what could not be made. */
export function exportItems({ title, svg, legend, csv, spec }: Exports, failed: (text: string) => void): MenuItem[] {
  const save = (extension: string, type: string, content: string | Blob) => download(fileName(title, extension), new Blob([content], { type }));
  const picture = async () => pictureSvg({ title, plot: await svg(), legend: legend?.() ?? [] }, theme());
  const item = (label: string, make: () => void | Promise<void>): MenuItem => ({
    label,
    choose: () => void Promise.resolve().then(make).catch((error: unknown) => failed(inWords(error))),
  });
  return [
    ...(csv ? [item("Download CSV", () => save("csv", "text/csv", csv()))] : []),
    item("Download PNG", async () => save("png", "image/png", await pngOfSvg(await picture()))),
    item("Download SVG", async () => save("svg", "image/svg+xml", await picture())),
    ...(spec ? [item(`Download ${spec.label}`, () => save("json", "application/json", `${JSON.stringify(spec.make(), null, 1)}\n`))] : []),
  ];
}
