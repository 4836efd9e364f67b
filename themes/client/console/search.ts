/** Finding text in the lines of a console. */
import { plainLine } from "./ansi";
import type { Line } from "./lines";

/** Numbers of the lines that contain the words, case aside. */
export function foundLines(lines: readonly Line[], words: string): number[] {
  const needle = words.toLowerCase();
  if (!needle) return [];
  const found: number[] = [];
  lines.forEach((line, index) => {
    if (plainLine(line.text).toLowerCase().includes(needle)) found.push(index);
  });
  return found;
}

/** The places of the words in a text, as [start, end). */
export function foundPlaces(text: string, words: string): [number, number][] {
  const needle = words.toLowerCase();
  const places: [number, number][] = [];
  if (!needle) return places;
  const hay = text.toLowerCase();
  // Lower case may be longer than the text ("İ"): then the places would be wrong, and marking none is better.
  if (hay.length !== text.length) return places;
  for (let at = hay.indexOf(needle); at >= 0; at = hay.indexOf(needle, at + needle.length)) {
    places.push([at, at + needle.length]);
  }
  return places;
}
