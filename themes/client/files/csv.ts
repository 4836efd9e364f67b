/** Tables in text, as RFC 4180 has them. */

/** The cells of the first rows, and whether there are more. */
export function csvRows(text: string, separator: string, most: number): { rows: string[][]; more: boolean } {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let quoted = false;
  const endCell = () => {
    row.push(cell);
    cell = "";
  };
  for (let at = 0; at <= text.length; at += 1) {
    const letter = text[at];
    if (quoted && letter !== undefined) {
      if (letter !== '"') cell += letter;
      else if (text[at + 1] === '"') cell += text[(at += 1)];
      else quoted = false;
    } else if (letter === '"' && cell === "") quoted = true;
    else if (letter === separator) endCell();
    else if (letter === "\n" || letter === undefined) {
      cell = cell.replace(/\r$/, "");
      endCell();
      if (row.length > 1 || row[0]) rows.push(row);
      row = [];
      if (rows.length > most) return { rows: rows.slice(0, most), more: true };
    } else cell += letter;
  }
  return { rows, more: false };
}
