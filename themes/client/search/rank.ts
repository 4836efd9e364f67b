/** Which entries a search finds, the best first. Every word must be somewhere in an entry; where decides its rank. */
import type { Entry, Kind } from "./entries";

const WHOLE = 100;
const START = 60;
const WORD = 40;
const INSIDE = 20;
const BESIDE = 6;
/** Of entries that match alike the more general comes first. */
const GENERAL: Record<Kind, number> = { page: 8, report: 6, metric: 4, run: 3, heading: 0 };
/** Of titles that begin alike the shorter is more likely the one that is meant. */
const LENGTH = 0.05;

const IN_WORD = /[\p{L}\p{N}]/u;

export interface Found {
  entry: Entry;
  score: number;
}

/** The words of a search. */
export function searchWords(text: string): string[] {
  return text.toLowerCase().split(/\s+/).filter(Boolean);
}

function wordScore(entry: Entry, word: string): number {
  const { name, text } = entry;
  if (name === word) return WHOLE;
  let at = name.indexOf(word);
  if (at === 0) return START;
  if (at < 0) return text.includes(word) ? BESIDE : 0;
  for (; at > 0; at = name.indexOf(word, at + 1)) if (!IN_WORD.test(name[at - 1] ?? "")) return WORD;
  return INSIDE;
}

function score(entry: Entry, words: readonly string[]): number {
  let sum = 0;
  for (const word of words) {
    const one = wordScore(entry, word);
    if (!one) return 0;
    sum += one;
  }
  const whole = words.length > 1 && entry.name === words.join(" ") ? WHOLE : 0;
  return sum / words.length + whole + GENERAL[entry.kind] - entry.name.length * LENGTH;
}

/** What is found; entries that are equally good stay in their order. An empty search finds the pages and reports. */
export function rank(entries: readonly Entry[], text: string): Found[] {
  const words = searchWords(text);
  if (!words.length) return entries.filter(({ kind }) => kind === "page" || kind === "report").map((entry) => ({ entry, score: 0 }));
  const found: Found[] = [];
  for (const entry of entries) {
    const points = score(entry, words);
    if (points) found.push({ entry, score: points });
  }
  return found.sort((one, other) => other.score - one.score);
}

/** The title in pieces, those that were searched for marked. */
export function pieces(title: string, words: readonly string[]): { text: string; hit: boolean }[] {
  const lower = title.toLowerCase();
  if (lower.length !== title.length) return [{ text: title, hit: false }];
  const hits = new Uint8Array(title.length);
  for (const word of words) for (let at = lower.indexOf(word); at >= 0; at = lower.indexOf(word, at + 1)) hits.fill(1, at, at + word.length);
  const out: { text: string; hit: boolean }[] = [];
  for (let start = 0, end = 0; start < title.length; start = end) {
    while (end < title.length && hits[end] === hits[start]) end += 1;
    out.push({ text: title.slice(start, end), hit: hits[start] === 1 });
  }
  return out;
}
