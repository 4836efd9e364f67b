/** A logged table whose columns sort. The build wrote its cells; this reorders the rows that are there. */

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

/** Compares cells: numbers by size, texts as people would, empty ones last. */
export function compareTexts(left: string, right: string): number {
  if (left === "" || right === "") return Number(left === "") - Number(right === "");
  const a = Number(left);
  const b = Number(right);
  return Number.isNaN(a) || Number.isNaN(b) ? collator.compare(left, right) : a - b;
}

/** Makes the heads of a table buttons that sort it. */
export function sortableTable(table: HTMLTableElement): void {
  const body = table.tBodies[0];
  const heads = [...table.querySelectorAll<HTMLTableCellElement>("thead th")];
  if (!body) return;
  heads.forEach((head, index) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort-button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const text = (row: HTMLTableRowElement) => row.cells[index]?.textContent ?? "";
      const rows = [...body.rows].sort((a, b) => {
        const order = compareTexts(text(a), text(b));
        const empty = text(a) === "" || text(b) === "";
        return down && !empty ? -order : order;
      });
      body.append(...rows);
    });
  });
}
