/** The lines of a console, which come in parts: only what is looked at, or all of it for a search. */
import type { ConsoleData, ConsolePart, DataRef, Numbers } from "../types";
import { plainLine } from "./ansi";

/** What the other bundle lends, because the data of the page are there. */
export interface Loading {
  load: <T>(ref: DataRef) => Promise<T>;
  column: (numbers: Numbers) => Float64Array;
}

export interface Line {
  /** with its codes */
  text: string;
  isError: boolean;
  /** seconds since the epoch; NaN when unknown */
  time: number;
}

interface Arrived {
  texts: string[];
  errors: Set<number>;
  start: number;
  times: Float64Array;
}

export class ConsoleParts {
  readonly count: number;
  private readonly arrived = new Map<number, Arrived>();
  private readonly asked = new Map<number, Promise<void>>();

  constructor(
    readonly parts: readonly ConsolePart[],
    private readonly loading: Loading,
  ) {
    const last = parts[parts.length - 1];
    this.count = last ? last.first + last.lines : 0;
  }

  /** The number of the part that holds a line. */
  partOf(line: number): number {
    let [low, high] = [0, this.parts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.parts[middle]?.first ?? 0) <= line) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** A line; null while its part has not come. */
  line(index: number): Line | null {
    const number = this.partOf(index);
    const part = this.arrived.get(number);
    const at = index - (this.parts[number]?.first ?? 0);
    const text = part?.texts[at];
    if (!part || text === undefined) return null;
    return { text, isError: part.errors.has(at), time: part.start + (part.times[at] ?? NaN) };
  }

  /** Asks for the parts of some lines; null when all of them are here. */
  want(first: number, last: number): Promise<void> | null {
    const missing: Promise<void>[] = [];
    for (let number = this.partOf(first); number <= this.partOf(last); number += 1) {
      if (!this.arrived.has(number)) missing.push(this.ask(number));
    }
    return missing.length ? Promise.all(missing).then(() => undefined) : null;
  }

  /** The plain text of some lines, all of which must be here. */
  text(first: number, last: number): string[] {
    return Array.from({ length: last - first + 1 }, (_, place) => plainLine(this.line(first + place)?.text ?? ""));
  }

  private ask(number: number): Promise<void> {
    const known = this.asked.get(number);
    if (known) return known;
    const part = this.parts[number];
    const request = part ? this.loading.load<ConsoleData>(part).then((data) => this.keep(number, data)) : Promise.resolve();
    this.asked.set(number, request);
    // The next one who looks at it tries again.
    request.catch(() => this.asked.delete(number));
    return request;
  }

  private keep(number: number, data: ConsoleData): void {
    const times = this.loading.column(data.times);
    this.arrived.set(number, { texts: data.text.split("\n"), errors: new Set(data.errors), start: data.start, times });
  }
}
