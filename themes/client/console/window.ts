/** The lines of a console that are in sight, each an element of its own, kept while it stays in sight or is selected. */
import { element } from "../elements";
import type { ConsoleParts } from "./parts";
import { LINE_HEIGHT, rowElement, type Drawing } from "./row";
import { heldLines } from "./selection";

const SPARE = 20;

export interface Marks {
  words: string;
  current: { line: number; start: number } | null;
  linked: { first: number; last: number } | null;
}

export class ConsoleWindow {
  readonly box = element("div", { class: "console-box", tabindex: 0, role: "log", "aria-label": "Console", "aria-live": "off" });
  private readonly body = element("div", { class: "console-body" });
  private readonly rows = new Map<number, HTMLElement>();
  private readonly waiting = new Set<number>();
  private frame = 0;

  constructor(
    private readonly parts: ConsoleParts,
    private readonly marks: () => Marks,
    private readonly failed: (error: unknown) => void,
  ) {
    this.body.style.height = `${parts.count * LINE_HEIGHT}px`;
    this.box.append(this.body);
    this.box.addEventListener("scroll", () => this.schedule(), { passive: true });
    new ResizeObserver(() => this.draw()).observe(this.box);
  }

  /** The first line in sight. */
  get top(): number {
    return Math.floor(this.box.scrollTop / LINE_HEIGHT);
  }

  /** Brings a line into sight, and of it the match that is chosen. */
  reveal(line: number): void {
    const [top, height] = [line * LINE_HEIGHT, this.box.clientHeight];
    const inSight = top >= this.box.scrollTop && top + LINE_HEIGHT <= this.box.scrollTop + height;
    if (!inSight) this.box.scrollTop = Math.max(0, top - height / 3);
    this.redraw();
    const match = this.box.querySelector<HTMLElement>(".console-here");
    if (!match) return;
    const { left, right } = match.getBoundingClientRect();
    const edges = this.box.getBoundingClientRect();
    if (right > edges.right || left < edges.left + 64) this.box.scrollLeft += left - edges.left - this.box.clientWidth / 3;
  }

  toEnd(): void {
    this.box.scrollTop = this.body.offsetHeight;
  }

  toStart(): void {
    this.box.scrollTop = 0;
  }

  /** Draws all lines in sight anew, because what is marked in them has changed. */
  redraw(): void {
    for (const row of this.rows.values()) row.remove();
    this.rows.clear();
    this.draw();
  }

  draw(): void {
    const first = Math.max(0, this.top - SPARE);
    const last = Math.min(this.parts.count, Math.ceil((this.box.scrollTop + this.box.clientHeight) / LINE_HEIGHT) + SPARE) - 1;
    const held = heldLines(this.box);
    for (const [index, row] of this.rows) {
      if ((index < first || index > last) && !held.includes(index)) {
        row.remove();
        this.rows.delete(index);
      }
    }
    for (let index = first; index <= last; index += 1) {
      if (!this.rows.has(index)) this.insert(index);
    }
    const coming = first <= last ? this.parts.want(first, last) : null;
    // While a selection grows, what it reaches over is asked for, so that it can be copied at once.
    const reach = held.length ? this.parts.want(Math.min(...held), Math.max(...held)) : null;
    for (const promise of [coming, reach]) promise?.then(() => this.arrived(), this.failed);
  }

  private insert(index: number): void {
    const { words, current, linked } = this.marks();
    const line = this.parts.line(index);
    const drawing: Drawing = { words, current: current?.line === index ? current.start : -1 };
    const row = rowElement(line, index, drawing);
    if (linked && index >= linked.first && index <= linked.last) row.classList.add("console-linked");
    if (!line) this.waiting.add(index);
    // In the order of the lines, so that a selection runs along them.
    let after: HTMLElement | null = null;
    for (const [other, candidate] of this.rows) {
      if (other > index && (!after || other < Number(after.dataset["index"]))) after = candidate;
    }
    this.body.insertBefore(row, after);
    this.rows.set(index, row);
  }

  private arrived(): void {
    for (const index of this.waiting) {
      if (!this.parts.line(index)) continue;
      this.waiting.delete(index);
      this.rows.get(index)?.remove();
      if (this.rows.delete(index)) this.insert(index);
    }
  }

  private schedule(): void {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.draw();
    });
  }
}
