/** search.js: the search over the whole site, opened by `/` or from the head of a page. Loaded when it is first opened. */
import { element } from "../elements";
import { inWords } from "../errors";
import { icon } from "../icons";
import type { SearchIndex } from "../types";
import { type Entry, type Kind, entriesOf } from "./entries";
import { pieces, rank, searchWords } from "./rank";

const SHOWN = 50;
const PAGE = 8;
const WORDS: Record<Kind, string> = { page: "Page", report: "Report", heading: "Heading", run: "Run", metric: "Metric" };

/** The data of the site, which belong to the other bundle. */
export interface SearchSource {
  /** null where the site has no index */
  index: () => Promise<SearchIndex | null>;
  /** of a uri in the index */
  url: (uri: string) => string;
}

class SearchDialog {
  private readonly input = element("input", {
    class: "search-input",
    type: "text",
    role: "combobox",
    placeholder: "Pages, runs, metrics, reports",
    "aria-label": "Search the site",
    "aria-expanded": "false",
    "aria-controls": "search-results",
    "aria-autocomplete": "list",
    autocomplete: "off",
    spellcheck: "false",
    enterkeyhint: "go",
  });
  private readonly list = element("div", { class: "search-results", id: "search-results", role: "listbox", "aria-label": "Results", hidden: true });
  private readonly status = element("p", { class: "search-status", role: "status" });
  private readonly dialog = element("dialog", { class: "search-dialog", "aria-label": "Search" });
  private entries: Entry[] | null = null;
  private left = 0;
  private at = 0;

  constructor(private readonly source: SearchSource) {
    const close = element("button", { type: "button", class: "icon-button", title: "Close", "aria-label": "Close" }, icon("close"));
    const head = element("div", { class: "search-head" }, icon("search"), this.input, close);
    this.dialog.append(head, this.list, this.status);
    close.addEventListener("click", () => this.dialog.close());
    this.dialog.addEventListener("click", (event) => {
      if (event.target === this.dialog || (event.target as Element).closest("a")) this.dialog.close();
    });
    this.input.addEventListener("input", () => this.find());
    this.input.addEventListener("keydown", (event) => this.key(event));
    document.body.append(this.dialog);
  }

  /** Opens with what has been typed already. */
  open(typed: string): void {
    if (!this.dialog.open) this.dialog.showModal();
    if (typed) this.input.value = typed;
    this.input.focus();
    if (!typed) this.input.select();
    if (this.entries) this.find();
    else void this.read();
  }

  private async read(): Promise<void> {
    this.say("Loading …");
    try {
      const index = await this.source.index();
      if (!index) return this.say("This site was built without a search index. Build it again to have one.");
      this.left = index.projects.reduce((sum, { left }) => sum + left, 0);
      this.entries = entriesOf(index);
      this.find();
    } catch (error) {
      this.say(inWords(error));
    }
  }

  private find(): void {
    if (!this.entries) return;
    const words = searchWords(this.input.value);
    const found = rank(this.entries, this.input.value);
    const rows = found.slice(0, SHOWN).map(({ entry }, index) => this.row(entry, index, words));
    this.list.replaceChildren(...rows);
    this.list.hidden = !rows.length;
    this.list.scrollTop = 0;
    this.input.setAttribute("aria-expanded", String(rows.length > 0));
    this.point(0);
    this.say(words.length ? this.count(found.length) : "");
  }

  private count(many: number): string {
    const most = many > SHOWN ? `The best ${SHOWN} of ${many.toLocaleString("en")}.` : many ? `${many} found.` : "Nothing found: every word must be part of a name, tag, note or description.";
    return this.left ? `${most} The ${this.left.toLocaleString("en")} oldest runs are only in the runs table.` : most;
  }

  private row(entry: Entry, index: number, words: readonly string[]): HTMLElement {
    const title = element("span", { class: "search-title" });
    for (const { text, hit } of pieces(entry.title, words)) title.append(hit ? element("mark", {}, text) : text);
    const where = [WORDS[entry.kind], entry.where].filter(Boolean).join(" · ");
    const row = element(
      "a",
      { class: "search-result", id: `search-result-${index}`, role: "option", tabindex: -1, href: this.source.url(entry.url), "aria-selected": "false" },
      title,
      element("span", { class: "search-where" }, where),
    );
    row.addEventListener("pointermove", () => index !== this.at && this.point(index, false));
    return row;
  }

  /** Chooses a result; the focus stays in the field. */
  private point(index: number, scroll = true): void {
    const rows = this.list.children;
    rows[this.at]?.setAttribute("aria-selected", "false");
    this.at = Math.max(0, Math.min(index, rows.length - 1));
    const row = rows[this.at];
    row?.setAttribute("aria-selected", "true");
    if (row) this.input.setAttribute("aria-activedescendant", row.id);
    else this.input.removeAttribute("aria-activedescendant");
    if (scroll) row?.scrollIntoView({ block: "nearest" });
  }

  private key(event: KeyboardEvent): void {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: PAGE, PageUp: -PAGE };
    const step = steps[event.key];
    const many = this.list.children.length;
    if (step !== undefined && many) {
      const atEnd = Math.abs(step) === 1 && (this.at + step < 0 || this.at + step >= many);
      this.point(atEnd ? (this.at + step + many) % many : this.at + step);
    } else if (event.key === "Enter" && !event.isComposing) {
      const row = this.list.children[this.at];
      if (row) row.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, ctrlKey: event.ctrlKey, metaKey: event.metaKey }));
    } else return;
    event.preventDefault();
  }

  private say(text: string): void {
    this.status.textContent = text;
  }
}

let dialog: SearchDialog | null = null;

const library = {
  open(source: SearchSource, typed: string): void {
    dialog ??= new SearchDialog(source);
    dialog.open(typed);
  },
};

/** What search.js gives to the other bundle. */
export type SearchLibrary = typeof library;

if (window.reportgen) window.reportgen.search = library;
