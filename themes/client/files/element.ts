/** `<rg-files>`: the saved files of a run; a link of its own opens what can be seen of each. */
import { load, runTools } from "../data";
import { element } from "../elements";
import { inWords } from "../errors";
import { decoded } from "../format";
import type { DataRef, FileText } from "../types";

const PREFIX = "files:";

class FilesElement extends HTMLElement {
  connectedCallback(): void {
    if (this.dataset["ready"]) return;
    this.dataset["ready"] = "true";
    this.addEventListener("click", (event) => {
      const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-preview]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const row = link.closest("tr");
      if (row && !this.close(row)) this.open(row, link);
    });
    addEventListener("hashchange", () => this.follow());
    this.follow();
  }

  /** Opens the file that the address names. */
  private follow(): void {
    const wanted = decoded(location.hash.slice(1));
    const row = wanted.startsWith(PREFIX) ? document.getElementById(wanted) : null;
    const link = row?.querySelector<HTMLAnchorElement>("a[data-preview]");
    if (!link || !(row instanceof HTMLTableRowElement)) return;
    if (link.getAttribute("aria-expanded") !== "true") this.open(row, link);
    requestAnimationFrame(() => row.scrollIntoView({ block: "nearest" }));
  }

  private close(row: HTMLTableRowElement): boolean {
    const shown = row.nextElementSibling;
    if (!shown?.matches(".preview-row")) return false;
    shown.remove();
    row.querySelector("a[data-preview]")?.setAttribute("aria-expanded", "false");
    history.replaceState(history.state, "", "#files");
    return true;
  }

  private open(row: HTMLTableRowElement, link: HTMLAnchorElement): void {
    const cell = element("td", { colspan: row.cells.length });
    row.after(element("tr", { class: "preview-row" }, cell));
    link.setAttribute("aria-expanded", "true");
    history.replaceState(history.state, "", link.hash);
    const { preview = "", source } = link.dataset;
    const path = row.dataset["path"] ?? "";
    if (preview === "image") {
      const href = row.querySelector<HTMLAnchorElement>("a[download]")?.href;
      cell.append(element("img", { class: "preview-image", src: href, alt: path }));
      return;
    }
    Promise.all([runTools(this.dataset["tools"]), load<FileText>(JSON.parse(source ?? "{}") as DataRef)]).then(
      ([{ previewOf }, { text }]) => cell.append(previewOf(preview, path, text)),
      (error: unknown) => cell.append(element("p", { class: "table-error" }, inWords(error))),
    );
  }
}

customElements.define("rg-files", FilesElement);
