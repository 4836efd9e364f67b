/** The uncommitted changes of two runs against each other: file by file, a diff of two diffs. */
import { diffArrays } from "diff";

export interface DiffLine {
  /** a gap stands for equal lines that are left out */
  kind: "add" | "remove" | "context" | "gap";
  text: string;
}

export interface FileChange {
  path: string;
  /** changed in both runs alike, in the baseline alone, in the other run alone, or in each in its own way */
  kind: "same" | "old" | "new" | "both";
  lines: DiffLine[];
  added: number;
  removed: number;
  /** too much differs to be compared line by line: all of one stands above all of the other */
  whole: boolean;
}

const AROUND = 3;
/** Longer, and nobody waits for it. */
const MOST_MILLISECONDS = 1500;

function pathIn(line: string, side: "a" | "b"): string {
  const path = line.replace(/^(?:---|\+\+\+) /, "").replace(/\t.*$/, "").replace(/^"(.*)"$/, "$1");
  if (path === "/dev/null") return "";
  return path.startsWith(`${side}/`) ? path.slice(2) : path;
}

/** The lines of a patch by file. Where a hunk stands says nothing once another patch is beside it, so its numbers go. */
export function splitPatch(text: string): Map<string, string[]> {
  const files = new Map<string, string[]>();
  let lines: string[] = [];
  let inHunk = false;
  for (const line of text.replace(/\r?\n$/, "").split(/\r?\n/)) {
    const file = /^diff --git (?:"?a\/.*) "?b\/(.*?)"?$/.exec(line);
    if (file) {
      lines = [];
      files.set(file[1] ?? "", lines);
      inHunk = false;
    } else if (!inHunk && /^(?:---|\+\+\+) /.test(line)) {
      const path = pathIn(line, line.startsWith("-") ? "a" : "b");
      if (path && !files.has(path)) files.set(path, (lines = []));
    } else if (line.startsWith("@@")) {
      inHunk = true;
      lines.push(line.replace(/^@@ .*? @@/, "@@"));
    } else if (inHunk || /^(?:Binary files|GIT binary patch|new file|deleted file|rename |old mode|new mode)/.test(line)) {
      lines.push(line);
    }
  }
  return files;
}

/** Equal lines far from any other are left out. */
function folded(lines: readonly DiffLine[]): DiffLine[] {
  const isNear = (place: number) => lines.slice(Math.max(0, place - AROUND), place + AROUND + 1).some(({ kind }) => kind !== "context");
  const shown: DiffLine[] = [];
  let left = 0;
  const close = () => {
    if (left) shown.push({ kind: "gap", text: `${left} equal ${left === 1 ? "line" : "lines"}` });
    left = 0;
  };
  lines.forEach((line, place) => {
    if (line.kind === "context" && !isNear(place)) left += 1;
    else {
      close();
      shown.push(line);
    }
  });
  close();
  return shown;
}

const asLines = (kind: DiffLine["kind"], texts: readonly string[]): DiffLine[] => texts.map((text) => ({ kind, text }));

function changeOf(path: string, old: string[] | undefined, fresh: string[] | undefined): FileChange {
  const counted = (kind: FileChange["kind"], lines: DiffLine[], whole = false): FileChange => {
    const count = (wanted: DiffLine["kind"]) => lines.filter((line) => line.kind === wanted).length;
    return { path, kind, lines: folded(lines), added: count("add"), removed: count("remove"), whole };
  };
  if (!old) return counted("new", asLines("add", fresh ?? []));
  if (!fresh) return counted("old", asLines("remove", old));
  if (old.join("\n") === fresh.join("\n")) return { path, kind: "same", lines: [], added: 0, removed: 0, whole: false };
  const parts = diffArrays(old, fresh, { timeout: MOST_MILLISECONDS });
  if (!parts) return counted("both", [...asLines("remove", old), ...asLines("add", fresh)], true);
  return counted("both", parts.flatMap(({ added, removed, value }) => asLines(added ? "add" : removed ? "remove" : "context", value)));
}

/** Two patches against each other, by file; what differs comes first. */
export function comparePatches(old: string, fresh: string): FileChange[] {
  const [before, after] = [splitPatch(old), splitPatch(fresh)];
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  return paths
    .map((path) => changeOf(path, before.get(path), after.get(path)))
    .sort((a, b) => Number(a.kind === "same") - Number(b.kind === "same"));
}

export interface Word {
  kind: "same" | "add" | "remove";
  text: string;
}

/** Two command lines against each other, word by word. */
export function compareWords(old: readonly string[], fresh: readonly string[]): Word[] {
  const parts = diffArrays([...old], [...fresh]);
  return parts.flatMap(({ added, removed, value }) => value.map((text): Word => ({ kind: added ? "add" : removed ? "remove" : "same", text })));
}
