/** One file of two patches that are compared, as the page of a run shows a file of its patch. */
import { element } from "../elements";
import type { DiffLine, FileChange } from "./patches";

const MOST_LINES = 2000;
const SIGNS = { add: "+", remove: "−", context: "", gap: "" } as const;
const WORDS = { add: "added", remove: "removed" } as const;

function lineRow({ kind, text }: DiffLine): HTMLElement {
  const isHunk = kind === "gap" || text.startsWith("@@");
  const word = kind === "add" || kind === "remove" ? element("span", { class: "visually-hidden" }, WORDS[kind]) : null;
  return element(
    "tr",
    { class: kind === "gap" || (isHunk && kind === "context") ? "line-hunk" : `line-${kind}` },
    element("td", { class: "line-sign", "data-sign": SIGNS[kind] }, word),
    element("td", { class: "line-text" }, kind === "gap" ? `⋯ ${text}` : text),
  );
}

/** In words, which run changed the file. */
function kindText({ kind, whole }: FileChange, old: string, fresh: string): string {
  if (kind === "same") return "the same in both";
  if (kind === "old") return `only in ${old}`;
  if (kind === "new") return `only in ${fresh}`;
  return whole ? "too much differs to be compared line by line" : "changed in both";
}

/** A file with the lines that differ; those of the baseline are the removed ones. */
export function patchFile(change: FileChange, old: string, fresh: string): HTMLElement {
  const { path, lines, added, removed, kind } = change;
  const title = element("span", { class: "mono" }, path);
  const word = element("span", { class: "muted" }, kindText(change, old, fresh));
  if (kind === "same") return element("p", { class: "patch-same" }, title, " ", word);
  const counts = element("span", { class: "patch-counts" }, element("span", { class: "added" }, `+${added}`), " ", element("span", { class: "removed" }, `−${removed}`));
  const rows = lines.slice(0, MOST_LINES).map(lineRow);
  const rest = lines.length - rows.length;
  if (rest > 0) rows.push(lineRow({ kind: "gap", text: `${rest} more lines` }));
  const table = element("table", { class: "patch-lines" }, element("tbody", {}, ...rows));
  return element(
    "details",
    { class: "patch-file", open: lines.length <= 400 },
    element("summary", {}, title, word, counts),
    element("div", { class: "table-scroll" }, table),
  );
}
