/** A console with its bar: search, times, the way to its end, links to lines and copies of them. */
import { copyText } from "../clipboard";
import { button, element } from "../elements";
import { inWords } from "../errors";
import { icon, svgIcon } from "../icons";
import type { ConsolePart } from "../types";
import chevronUp from "lucide-static/icons/chevron-up.svg";
import chevronDown from "lucide-static/icons/chevron-down.svg";
import clock from "lucide-static/icons/clock.svg";
import copyIcon from "lucide-static/icons/copy.svg";
import toEnd from "lucide-static/icons/arrow-down-to-line.svg";
import toStart from "lucide-static/icons/arrow-up-to-line.svg";
import { ConsoleParts, type Loading } from "./parts";
import { foundMatches, hashOfLines, linesOfHash, type Match } from "./search";
import { cutToSelection, selectedIn } from "./selection";
import { ConsoleWindow } from "./window";

const TYPING = 150;

class ConsoleView {
  private readonly lines: ConsoleWindow;
  private readonly input = element("input", { class: "input", type: "search", placeholder: "Search, or :line", "aria-label": "Search the console" });
  private readonly count = element("span", { class: "muted console-count", role: "status" });
  private readonly copyLines: HTMLButtonElement;
  private words = "";
  private found: Match[] = [];
  private at = -1;
  private linked: { first: number; last: number } | null = null;

  constructor(
    private readonly host: HTMLElement,
    private readonly parts: ConsoleParts,
  ) {
    const marks = () => ({ words: this.words, current: this.found[this.at] ?? null, linked: this.linked });
    this.lines = new ConsoleWindow(parts, marks, (error) => this.fail(error));
    this.copyLines = button("Copy the lines", svgIcon(copyIcon), () => void this.copy());
    this.watch();
  }

  mount(atEnd: boolean): void {
    const search = element("div", { class: "search-box" }, icon("search"), this.input);
    const before = button("Previous match", svgIcon(chevronUp), () => this.step(-1));
    const after = button("Next match", svgIcon(chevronDown), () => this.step(1));
    const times = button("Times", svgIcon(clock), () => {
      times.setAttribute("aria-pressed", String(this.host.toggleAttribute("data-times")));
    });
    times.setAttribute("aria-pressed", "false");
    const start = button("To the start", svgIcon(toStart), () => this.lines.toStart());
    const end = button("To the end", svgIcon(toEnd), () => this.lines.toEnd());
    for (const one of [before, after, times, start, end, this.copyLines]) one.className = "icon-button";
    const total = `${this.parts.count.toLocaleString("en")} ${this.parts.count === 1 ? "line" : "lines"}`;
    const tools = element("span", { class: "console-tools" }, element("span", { class: "muted console-total" }, total), this.copyLines, times, start, end);
    this.host.replaceChildren(element("div", { class: "console-bar" }, search, before, after, this.count, tools), this.lines.box);
    this.follow();
    this.lines.draw();
    if (atEnd && !this.linked) this.whenShown(() => this.lines.toEnd());
  }

  private watch(): void {
    let timer = 0;
    this.input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = window.setTimeout(() => void this.search(this.input.value), TYPING);
    });
    this.input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") this.step(event.shiftKey ? -1 : 1);
    });
    addEventListener("hashchange", () => this.follow());
    addEventListener("popstate", () => this.follow());
    const { box } = this.lines;
    box.addEventListener("copy", (event) => this.onCopy(event));
    box.addEventListener("keydown", (event) => {
      if (event.key !== "a" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      this.link(0, this.parts.count - 1);
    });
    box.addEventListener("click", (event) => {
      const number = (event.target as Element).closest<HTMLElement>(".console-number");
      if (!number || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      const line = Number(number.dataset["line"]) - 1;
      const from = event.shiftKey && this.linked ? this.linked.first : line;
      this.link(Math.min(from, line), Math.max(from, line));
    });
  }

  /** Until the tab is open there is no height to scroll in. */
  private whenShown(act: () => void): void {
    const observer = new ResizeObserver(() => {
      if (!this.lines.box.clientHeight) return;
      observer.disconnect();
      act();
    });
    observer.observe(this.lines.box);
  }

  private link(first: number, last: number): void {
    history.replaceState(history.state, "", hashOfLines(first, last));
    this.mark({ first, last });
  }

  private mark(linked: { first: number; last: number } | null): void {
    this.linked = linked;
    this.copyLines.hidden = !linked;
    this.lines.redraw();
  }

  private follow(): void {
    const linked = linesOfHash(location.hash);
    const inside = linked && linked.first < this.parts.count ? { ...linked, last: Math.min(linked.last, this.parts.count - 1) } : null;
    this.mark(inside);
    if (inside) this.whenShown(() => this.lines.reveal(inside.first));
  }

  private async search(words: string): Promise<void> {
    const line = /^:(\d+)$/.exec(words.trim());
    this.words = line ? "" : words;
    this.found = [];
    this.at = -1;
    this.count.textContent = "";
    if (line) this.link(...this.onlyLine(Number(line[1])));
    else await this.find(words);
    this.lines.redraw();
    if (line && this.linked) this.lines.reveal(this.linked.first);
  }

  private onlyLine(number: number): [number, number] {
    const line = Math.min(Math.max(number, 1), this.parts.count) - 1;
    return [line, line];
  }

  /** Looks through part after part; what is found can be walked through while the rest is still to come. */
  private async find(words: string): Promise<void> {
    if (!words) return;
    const here = this.lines.top;
    for (const { first, lines } of this.parts.parts) {
      await this.parts.want(first, first + lines - 1)?.catch((error: unknown) => this.fail(error));
      // Something else is searched for by now.
      if (this.words !== words) return;
      this.found.push(...foundMatches(this.parts.text(first, first + lines - 1), first, words));
      this.count.textContent = `${this.found.length.toLocaleString("en")} so far`;
      if (this.at >= 0) continue;
      this.at = this.found.findIndex((match) => match.line >= here);
      if (this.at >= 0) this.show();
    }
    if (this.at < 0 && this.found.length) this.at = 0;
    this.show();
  }

  private step(by: number): void {
    if (!this.found.length) return;
    this.at = (this.at + by + this.found.length) % this.found.length;
    this.show();
  }

  private show(): void {
    const many = this.found.length.toLocaleString("en");
    const match = this.found[this.at];
    this.count.textContent = match ? `${(this.at + 1).toLocaleString("en")} of ${many}` : "nothing found";
    if (match) this.lines.reveal(match.line);
  }

  private onCopy(event: ClipboardEvent): void {
    const selected = selectedIn(this.lines.box);
    const [first, last] = selected ? [selected.from.line, selected.to.line] : [this.linked?.first, this.linked?.last];
    if (first === undefined || last === undefined) return;
    event.preventDefault();
    const text = () => (selected ? cutToSelection(this.parts.text(first, last), selected) : this.parts.text(first, last).join("\n"));
    const coming = this.parts.want(first, last);
    if (!coming) event.clipboardData?.setData("text/plain", text());
    else coming.then(() => copyText(text())).catch((error: unknown) => this.fail(error));
  }

  private async copy(): Promise<void> {
    if (!this.linked) return;
    const { first, last } = this.linked;
    await this.parts.want(first, last)?.catch((error: unknown) => this.fail(error));
    await copyText(this.parts.text(first, last).join("\n"));
    this.count.textContent = last > first ? `${(last - first + 1).toLocaleString("en")} lines copied` : "Line copied";
  }

  private fail(error: unknown): void {
    if (!this.host.querySelector(".table-error")) this.host.append(element("p", { class: "table-error" }, inWords(error)));
  }
}

/** Puts the console into its element. */
export function mountConsole(host: HTMLElement, parts: readonly ConsolePart[], loading: Loading): void {
  new ConsoleView(host, new ConsoleParts(parts, loading)).mount("atEnd" in host.dataset);
}
