/** `<rg-console>`: all that a run printed. Its end stands in the page; the rest comes when it is to be seen. */
import { column, load, runTools } from "../data";
import { element } from "../elements";
import { inWords } from "../errors";
import type { ConsolePart } from "../types";

class ConsoleElement extends HTMLElement {
  connectedCallback(): void {
    const { parts, ready, tools } = this.dataset;
    if (!parts || ready) return;
    this.dataset["ready"] = "no";
    const observer = new ResizeObserver(() => {
      // A closed tab has no size.
      if (!this.clientWidth) return;
      observer.disconnect();
      this.open(JSON.parse(parts) as ConsolePart[], tools);
    });
    observer.observe(this);
  }

  private open(parts: ConsolePart[], tools: string | undefined): void {
    runTools(tools).then(
      ({ mountConsole }) => {
        mountConsole(this, parts, { load, column });
        this.dataset["ready"] = "true";
      },
      (error: unknown) => {
        this.dataset["ready"] = "failed";
        this.append(element("p", { class: "table-error" }, inWords(error)));
      },
    );
  }
}

customElements.define("rg-console", ConsoleElement);
