import { describe, expect, it } from "vitest";
import type { ConsoleData } from "../types";
import { parseAnsi, PLAIN, plainLine, styleClasses } from "./ansi";
import { consoleLines, foldReturns } from "./lines";
import { foundLines, foundPlaces } from "./search";

const spans = (line: string) => parseAnsi(line).spans.map(({ text, style }) => [text, styleClasses(style)]);

describe("parseAnsi", () => {
  it("turns colours and weight into classes", () => {
    expect(spans("a \x1b[31mred\x1b[0m \x1b[1;32mbold\x1b[22m green")).toEqual([
      ["a ", ""],
      ["red", "ansi-1"],
      [" ", ""],
      ["bold", "ansi-2 ansi-bold"],
      [" green", "ansi-2"],
    ]);
  });

  it("brings 256 and true colours down to the eight", () => {
    expect(spans("\x1b[38;5;9mA\x1b[38;2;0;0;255mB\x1b[48;5;2mC")).toEqual([
      ["A", "ansi-1"],
      ["B", "ansi-4"],
      ["C", "ansi-4 ansi-back-2"],
    ]);
  });

  it("drops every other code and control character", () => {
    expect(spans("\x1b]0;title\x07a\x1b[2Kb\x1b[?25lc\x1b(Bd\x00\x08e")).toEqual([["a", ""], ["b", ""], ["c", ""], ["de", ""]]);
    expect(plainLine("\x1b[1mx\x1b[0m\ty")).toBe("x\ty");
  });

  it("carries the style on to the next line", () => {
    const { style } = parseAnsi("\x1b[35mopen");
    expect(parseAnsi("still", style).spans[0]?.style.color).toBe(5);
    expect(parseAnsi("\x1b[mplain", style).style).toEqual(PLAIN);
  });
});

describe("foldReturns", () => {
  it("shows the last state of a progress bar", () => {
    expect(foldReturns("10%\r50%\r100%")).toBe("100%");
  });

  it("leaves what a shorter text did not cover, unless the line was erased", () => {
    expect(foldReturns("abcdef\rXY")).toBe("XYcdef");
    expect(foldReturns("abcdef\r\x1b[KXY")).toBe("\x1b[KXY");
  });
});

describe("consoleLines", () => {
  const data = (chunks: [string, "stdout" | "stderr", number][]): ConsoleData => ({
    texts: chunks.map(([text]) => text),
    streams: chunks.map(([, stream]) => stream),
    times: chunks.map(([, , time]) => time),
  });

  it("joins chunks to lines and keeps the streams apart", () => {
    const lines = consoleLines(data([["a", "stdout", 1], ["warn\n", "stderr", 2], ["b\nc", "stdout", 3]]));
    expect(lines.map(({ text, stream, time }) => [text, stream, time])).toEqual([
      ["warn", "stderr", 2],
      ["ab", "stdout", 3],
      ["c", "stdout", 3],
    ]);
  });

  it("folds a bar that was written in many chunks, and knows line ends of Windows", () => {
    const lines = consoleLines(data([["1%\r", "stderr", 1], ["2%\r", "stderr", 2], ["done\r\n", "stderr", 3], ["\n", "stdout", 4]]));
    expect(lines.map(({ text }) => text)).toEqual(["done", ""]);
  });

  it("begins a line in the colour that was left on", () => {
    const lines = consoleLines(data([["\x1b[31mred\nstill\x1b[0m\nplain\n", "stdout", 1]]));
    expect(lines.map(({ style }) => style.color)).toEqual([null, 1, null]);
  });
});

describe("search", () => {
  it("finds lines by what is seen of them, case aside", () => {
    const lines = consoleLines({ texts: ["Lo\x1b[1mss\x1b[0m 1\nacc\nLOSS 2\n"], streams: ["stdout"], times: [0] });
    expect(foundLines(lines, "loss")).toEqual([0, 2]);
    expect(foundLines(lines, "")).toEqual([]);
  });

  it("finds every place in a text", () => {
    expect(foundPlaces("abAB", "ab")).toEqual([[0, 2], [2, 4]]);
    expect(foundPlaces("İab", "ab")).toEqual([]);
  });
});
