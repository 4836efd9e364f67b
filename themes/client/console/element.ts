/** `<rg-console>`: all that a run printed, windowed, with search. Its end stands in the page without JavaScript. */
import { load } from "../data";
import { button, element } from "../elements";
import { formatTime } from "../format";
import { icon, svgIcon } from "../icons";
import type { ConsoleData, DataRef } from "../types";
import chevronUp from "lucide-static/icons/chevron-up.svg";
import chevronDown from "lucide-static/icons/chevron-down.svg";
import toBottom from "lucide-static/icons/arrow-down-to-line.svg";
import { parseAnsi, styleClasses } from "./ansi";
import { consoleLines, type Line } from "./lines";
import { foundLines, foundPlaces } from "./search";

const LINE_HEIGHT = 20;
const SPARE = 20;
const TYPING = 150;

/** A piece of a line with the places of the words marked. */
function marked(text: string, words: string): (Node | string)[] {
  const parts: (Node | string)[] = [];
  let from = 0;
  for (const [start, end] of foundPlaces(text, words)) {
    parts.push(text.slice(from, start), element("mark", {}, text.slice(start, end)));
    from = end;
  }
  return [...parts, text.slice(from)];
}

function lineElement(line: Line, index: number, words: string): HTMLElement {
  const number = element("a", { class: "console-number", href: `#L${index + 1}`, "data-line": index + 1, "aria-label": `Line ${index + 1}` });
  const text = element("span", { class: "console-text" });
  for (const span of parseAnsi(line.text, line.style).spans) {
    const classes = styleClasses(span.style);
    if (classes) text.append(element("span", { class: classes }, ...marked(span.text, words)));
    else text.append(...marked(span.text, words));
  }
  const isError = line.stream === "stderr";
  const time = Number.isFinite(line.time) ? formatTime(line.time, true) : "";
  const title = [time, isError ? "stderr" : ""].filter(Boolean).join(" · ");
  return element("div", { class: isError ? "console-line console-stderr" : "console-line", title: title || null }, number, text);
}

class Console {
  private readonly box = element("div", { class: "console-box", tabindex: 0, role: "log", "aria-label": "Console", "aria-live": "off" });
  private readonly body = element("div", { class: "console-body" });
  private readonly input = element("input", { class: "input", type: "search", placeholder: "Search", "aria-label": "Search the console" });
  private readonly count = element("span", { class: "muted", role: "status" });
  private words = "";
  private found: number[] = [];
  private at = -1;
  private linked = -1;
  private frame = 0;

  constructor(
    private readonly host: HTMLElement,
    private readonly lines: readonly Line[],
  ) {
    this.body.style.height = `${lines.length * LINE_HEIGHT}px`;
    this.box.append(this.body);
    this.box.addEventListener("scroll", () => this.schedule(), { passive: true });
    new ResizeObserver(() => this.draw()).observe(this.box);
    let timer = 0;
    this.input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = window.setTimeout(() => this.search(this.input.value), TYPING);
    });
    this.input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") this.step(event.shiftKey ? -1 : 1);
    });
    addEventListener("hashchange", () => this.followHash());
  }

  mount(): void {
    const search = element("div", { class: "search-box" });
    search.append(icon("search"), this.input);
    const before = button("Previous match", svgIcon(chevronUp), () => this.step(-1));
    const after = button("Next match", svgIcon(chevronDown), () => this.step(1));
    const end = button("To the end", svgIcon(toBottom), () => this.box.scrollTo({ top: this.body.offsetHeight }));
    before.className = after.className = end.className = "icon-button";
    const total = `${this.lines.length.toLocaleString("en")} ${this.lines.length === 1 ? "line" : "lines"}`;
    const bar = element("div", { class: "console-bar" }, search, before, after, this.count, element("span", { class: "muted console-total" }, total), end);
    this.host.replaceChildren(bar, this.box);
    this.draw();
    this.followHash();
  }

  private followHash(): void {
    const found = /^#L(\d+)$/.exec(location.hash);
    this.linked = found ? Number(found[1]) - 1 : -1;
    // The tab opens in the same turn, and only then is there a height to scroll in.
    if (this.linked >= 0) requestAnimationFrame(() => this.reveal(this.linked));
    this.draw();
  }

  private reveal(line: number): void {
    this.box.scrollTop = Math.max(0, line * LINE_HEIGHT - this.box.clientHeight / 3);
    this.draw();
  }

  private search(words: string): void {
    this.words = words;
    this.found = foundLines(this.lines, words);
    const here = Math.floor(this.box.scrollTop / LINE_HEIGHT);
    this.at = this.found.findIndex((line) => line >= here) - 1;
    if (this.found.length && this.at < -1) this.at = -1;
    if (this.found.length) this.step(1);
    else this.tell();
    this.draw();
  }

  private step(by: number): void {
    if (!this.found.length) return;
    this.at = (this.at + by + this.found.length) % this.found.length;
    this.tell();
    this.reveal(this.found[this.at] ?? 0);
  }

  private tell(): void {
    const many = this.found.length;
    this.count.textContent = !this.words ? "" : many ? `${this.at + 1} of ${many}` : "nothing found";
  }

  private schedule(): void {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.draw();
    });
  }

  private draw(): void {
    const first = Math.max(0, Math.floor(this.box.scrollTop / LINE_HEIGHT) - SPARE);
    const end = Math.min(this.lines.length, Math.ceil((this.box.scrollTop + this.box.clientHeight) / LINE_HEIGHT) + SPARE);
    const rows: HTMLElement[] = [];
    const current = this.found[this.at];
    for (let index = first; index < end; index += 1) {
      const line = this.lines[index];
      if (!line) continue;
      const row = lineElement(line, index, this.words);
      if (index === this.linked) row.classList.add("console-linked");
      if (index === current) row.classList.add("console-current");
      rows.push(row);
    }
    const window = element("div", { class: "console-window" }, ...rows);
    window.style.transform = `translateY(${first * LINE_HEIGHT}px)`;
    this.body.replaceChildren(window);
  }
}

class ConsoleElement extends HTMLElement {
  connectedCallback(): void {
    const source = this.dataset["source"];
    if (!source || this.dataset["ready"]) return;
    this.dataset["ready"] = "loading";
    load<ConsoleData>(JSON.parse(source) as DataRef).then(
      (data) => {
        new Console(this, consoleLines(data)).mount();
        this.dataset["ready"] = "true";
      },
      (error: unknown) => {
        this.dataset["ready"] = "failed";
        this.append(element("p", { class: "table-error" }, `Only the end is shown: ${error instanceof Error ? error.message : String(error)}.`));
      },
    );
  }
}

customElements.define("rg-console", ConsoleElement);
