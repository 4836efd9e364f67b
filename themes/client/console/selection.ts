/** What is selected in a console by pointer, which may reach over lines that are not in the page any more. */

/** A place in the text of a line. */
interface Place {
  line: number;
  offset: number;
}

export interface Selected {
  from: Place;
  to: Place;
}

function placeOf(node: Node, offset: number, box: HTMLElement): Place | null {
  const row = (node instanceof Element ? node : node.parentElement)?.closest<HTMLElement>(".console-line");
  const text = row?.querySelector(".console-text");
  if (!row || !text || !box.contains(row)) return null;
  const line = Number(row.dataset["index"]);
  if (!text.contains(node)) return { line, offset: node.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING ? 0 : Infinity };
  const before = document.createRange();
  before.setStart(text, 0);
  before.setEnd(node, offset);
  return { line, offset: before.toString().length };
}

/** The selection, if it lies in the box and is not empty. */
export function selectedIn(box: HTMLElement): Selected | null {
  const selection = document.getSelection();
  if (!selection?.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const from = placeOf(range.startContainer, range.startOffset, box);
  const to = placeOf(range.endContainer, range.endOffset, box);
  return from && to ? { from, to } : null;
}

/** The lines in which the selection begins and ends: their elements must stay. */
export function heldLines(box: HTMLElement): number[] {
  const selected = selectedIn(box);
  return selected ? [selected.from.line, selected.to.line] : [];
}

/** The selected text, of the lines from the first to the last. */
export function cutToSelection(lines: readonly string[], { from, to }: Selected): string {
  if (lines.length === 1) return (lines[0] ?? "").slice(from.offset, to.offset);
  return lines.map((line, at) => (at === 0 ? line.slice(from.offset) : at === lines.length - 1 ? line.slice(0, to.offset) : line)).join("\n");
}
