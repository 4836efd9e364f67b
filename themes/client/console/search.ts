/** Finding text in the lines of a console. */
import type { Span, Style } from "./ansi";

/** A place in a console: its line, and where in it. */
export interface Match {
  line: number;
  start: number;
  end: number;
}

/** The places of the words in a text, case aside, as [start, end). */
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

/** The matches in lines that follow each other, the first of which has a number. */
export function foundMatches(texts: readonly string[], first: number, words: string): Match[] {
  return texts.flatMap((text, at) => foundPlaces(text, words).map(([start, end]) => ({ line: first + at, start, end })));
}

export interface Piece {
  text: string;
  style: Style;
  /** the place that it is part of; -1 for none */
  place: number;
}

/** The spans of a line cut at the edges of places, which may reach over several spans. */
export function cutAt(spans: readonly Span[], places: readonly (readonly [number, number])[]): Piece[] {
  const pieces: Piece[] = [];
  let offset = 0;
  let place = 0;
  for (const { text, style } of spans) {
    let at = 0;
    while (at < text.length) {
      while (place < places.length && (places[place]?.[1] ?? 0) <= offset + at) place += 1;
      const [start, end] = places[place] ?? [Infinity, Infinity];
      const inside = offset + at >= start;
      const until = Math.min(text.length, (inside ? end : start) - offset);
      pieces.push({ text: text.slice(at, until), style, place: inside ? place : -1 });
      at = until;
    }
    offset += text.length;
  }
  return pieces;
}

/** The lines that an address names: `#console:12` or `#console:12-20`, counted from 1 there and from 0 here. */
export function linesOfHash(hash: string): { first: number; last: number } | null {
  const found = /^#console:(\d{1,9})(?:-(\d{1,9}))?$/.exec(hash);
  if (!found) return null;
  const [one, other] = [Number(found[1]), Number(found[2] ?? found[1])];
  return one > 0 && other > 0 ? { first: Math.min(one, other) - 1, last: Math.max(one, other) - 1 } : null;
}

export function hashOfLines(first: number, last: number): string {
  return first === last ? `#console:${first + 1}` : `#console:${first + 1}-${last + 1}`;
}
