/** Chunks of console output as lines. A carriage return goes back to the start of its line, as in a terminal. */
import { column } from "../data";
import type { ConsoleData } from "../types";
import { parseAnsi, PLAIN, plainLine, type Style } from "./ansi";

export interface Line {
  /** with its escape codes */
  text: string;
  stream: "stdout" | "stderr";
  /** seconds since the epoch, of its last chunk; NaN when unknown */
  time: number;
  /** the style it begins with, carried over from the lines before */
  style: Style;
}

/** What is left of a line that a program wrote over: the later text, and of the earlier what it did not cover. */
export function foldReturns(line: string): string {
  if (!line.includes("\r")) return line;
  let shown = "";
  for (const part of line.split("\r")) {
    if (part === "") continue;
    // Erasing to the end of the line, as progress bars do, leaves nothing of what was there.
    const covers = /\x1b\[[02]?K/.test(part) || plainLine(part).length >= plainLine(shown).length;
    shown = covers ? part : part + plainLine(shown).slice(plainLine(part).length);
  }
  return shown;
}

interface Open {
  text: string;
  time: number;
}

/** The lines of a console in the order in which they ended; each stream has a line of its own that is being written. */
export function consoleLines(data: ConsoleData): Line[] {
  const times = column(data.times);
  const open: Record<"stdout" | "stderr", Open | null> = { stdout: null, stderr: null };
  const styles: Record<"stdout" | "stderr", Style> = { stdout: PLAIN, stderr: PLAIN };
  const lines: Line[] = [];

  const end = (stream: "stdout" | "stderr", { text, time }: Open) => {
    const folded = foldReturns(text.endsWith("\r") ? text.slice(0, -1) : text);
    lines.push({ text: folded, stream, time, style: styles[stream] });
    // Codes are rare and parsing is not free: a line without any leaves the style as it was.
    if (folded.includes("\x1b")) styles[stream] = parseAnsi(folded, styles[stream]).style;
  };

  data.texts.forEach((chunk, index) => {
    const stream = data.streams[index] === "stderr" ? "stderr" : "stdout";
    const time = times[index] ?? NaN;
    const parts = chunk.split("\n");
    parts.forEach((part, nth) => {
      const text = (nth === 0 ? (open[stream]?.text ?? "") : "") + part;
      if (nth < parts.length - 1) {
        end(stream, { text, time });
        open[stream] = null;
      } else if (text) {
        open[stream] = { text, time };
      }
    });
  });
  for (const stream of ["stdout", "stderr"] as const) {
    const left = open[stream];
    if (left) end(stream, left);
  }
  return lines;
}
