import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { ConsoleData, ConsolePart } from "../types";
import { DARK_SURFACE, dressOf, LIGHT_SURFACE, parseAnsi, plainLine, type Span } from "./ansi";
import { contrast, readableOn, type Rgb } from "./contrast";
import { ConsoleParts } from "./parts";
import { cutAt, foundMatches, foundPlaces, hashOfLines, linesOfHash } from "./search";
import { cutToSelection } from "./selection";

const dressed = (line: string) => parseAnsi(line).map(({ text, style }) => [text, dressOf(style).classes.join(" ")]);
const properties = (code: string) => dressOf(parseAnsi(`\x1b[${code}mx`)[0]!.style).properties;
const rgb = (css: string | undefined): Rgb => (css ?? "").match(/\d+/g)!.map(Number) as unknown as Rgb;

describe("parseAnsi", () => {
  it("turns colours and weight into classes", () => {
    expect(dressed("a \x1b[31mred\x1b[0m \x1b[1;32mbold\x1b[22m green\x1b[m\x1b[3;4;9mx")).toEqual([
      ["a ", ""],
      ["red", "ansi-1"],
      [" ", ""],
      ["bold", "ansi-bold ansi-2"],
      [" green", "ansi-2"],
      ["x", "ansi-italic ansi-underline ansi-strike"],
    ]);
    expect(plainLine("\x1b[1mx\x1b[0m\ty")).toBe("x\ty");
  });

  it("knows the 256 colours and true colour", () => {
    const color = (code: string) => parseAnsi(`\x1b[${code}mx`)[0]?.style.color;
    expect(color("38;5;9")).toBe(9);
    expect(color("38;5;196")).toEqual([255, 0, 0]);
    expect(color("38;5;244")).toEqual([128, 128, 128]);
    expect(color("38;2;1;2;300")).toEqual([1, 2, 255]);
    expect(parseAnsi("\x1b[38;5;9;48;2;0;0;9mx")[0]?.style.background).toEqual([0, 0, 9]);
  });
});

describe("colours", () => {
  const codes = Array.from({ length: 256 }, (_, code) => code);

  it("can all be read in both schemes (AA)", () => {
    for (const code of codes.slice(16)) {
      const found = properties(`38;5;${code}`);
      expect(contrast(rgb(found["--ansi-light"]), LIGHT_SURFACE), `light ${code}`).toBeGreaterThanOrEqual(4.5);
      expect(contrast(rgb(found["--ansi-dark"]), DARK_SURFACE), `dark ${code}`).toBeGreaterThanOrEqual(4.5);
    }
  });

  it("can be read on every background, chosen or not", () => {
    for (const code of codes) {
      for (const before of ["", "31;", "38;2;255;255;0;", "7;"]) {
        const found = properties(`${before}48;5;${code}`);
        expect(contrast(rgb(found["color"]), rgb(found["background-color"])), `${before}${code}`).toBeGreaterThanOrEqual(4.5);
      }
    }
  });

  it("stay as they are where that can be read", () => {
    expect(readableOn([0, 0, 255], [255, 255, 255])).toEqual([0, 0, 255]);
    expect(readableOn([255, 255, 0], [255, 255, 255])).not.toEqual([255, 255, 0]);
  });

  it("are measured against the surfaces of the schemes", () => {
    const css = readFileSync(new URL("../css/schemes.css", import.meta.url), "utf8");
    const hex = (color: Rgb) => `--grey-1: #${color.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
    expect(css).toContain("--surface: var(--grey-1)");
    for (const surface of [LIGHT_SURFACE, DARK_SURFACE]) expect(css).toContain(hex(surface));
  });

  it("swap when they are inverse", () => {
    expect(dressed("\x1b[7mx")).toEqual([["x", "ansi-inverse"]]);
    expect(properties("7;38;2;10;20;30")["background-color"]).toBe("rgb(10 20 30)");
  });
});

describe("ConsoleParts", () => {
  const refs: ConsolePart[] = [0, 2, 4].map((first, at) => ({ key: `p${at}`, url: "", first, lines: at === 2 ? 1 : 2 }));
  const data: Record<string, ConsoleData> = {
    p0: { text: "a\n\x1b[1mb\x1b[0m", errors: [1], start: 100, times: [0, 1.5] },
    p1: { text: "\nd", errors: [], start: 102, times: [0, null] },
    p2: { text: "e", errors: [], start: 0, times: [0] },
  };
  const made = () => {
    const asked: string[] = [];
    const load = <T>({ key }: { key: string }) => {
      asked.push(key);
      return Promise.resolve(data[key] as T);
    };
    const column = (numbers: unknown) => new Float64Array((numbers as (number | null)[]).map((number) => number ?? NaN));
    return { asked, parts: new ConsoleParts(refs, { load, column }) };
  };

  it("loads the parts that are looked at, once", async () => {
    const { asked, parts } = made();
    expect(parts.count).toBe(5);
    expect(parts.line(3)).toBeNull();
    await Promise.all([parts.want(1, 2), parts.want(2, 3)]);
    expect(asked).toEqual(["p0", "p1"]);
    expect(parts.want(0, 3)).toBeNull();
    expect(parts.line(1)).toEqual({ text: "\x1b[1mb\x1b[0m", isError: true, time: 101.5 });
    expect(parts.line(3)?.time).toBeNaN();
    expect(parts.text(0, 3)).toEqual(["a", "b", "", "d"]);
  });

  it("asks again after a failure", async () => {
    let fails = true;
    const parts = new ConsoleParts(refs, {
      load: <T>({ key }: { key: string }) => (fails ? Promise.reject(new Error("offline")) : Promise.resolve(data[key] as T)),
      column: () => new Float64Array(2),
    });
    await expect(parts.want(0, 0)).rejects.toThrow("offline");
    fails = false;
    await parts.want(0, 0);
    expect(parts.line(0)?.text).toBe("a");
  });
});

describe("search", () => {
  it("finds every place by what is seen, case aside", () => {
    expect(foundPlaces("abAB", "ab")).toEqual([[0, 2], [2, 4]]);
    expect(foundPlaces("İab", "ab")).toEqual([]);
    expect(foundMatches(["Loss loss", "acc", "LOSS"], 10, "loss")).toEqual([
      { line: 10, start: 0, end: 4 },
      { line: 10, start: 5, end: 9 },
      { line: 12, start: 0, end: 4 },
    ]);
    expect(foundMatches(["x"], 0, "")).toEqual([]);
  });

  it("marks a match that goes over several colours", () => {
    const spans: Span[] = parseAnsi("lo\x1b[31mss l\x1b[0moss");
    const pieces = cutAt(spans, foundPlaces("loss loss", "loss"));
    expect(pieces.map(({ text, place }) => [text, place])).toEqual([["lo", 0], ["ss", 0], [" ", -1], ["l", 1], ["oss", 1]]);
  });
});

describe("links to lines", () => {
  it("count from one and know ranges", () => {
    expect(linesOfHash("#console:12")).toEqual({ first: 11, last: 11 });
    expect(linesOfHash("#console:20-12")).toEqual({ first: 11, last: 19 });
    expect(["#console", "#console:0", "#console:x", "#L3", ""].map(linesOfHash)).toEqual([null, null, null, null, null]);
    expect([hashOfLines(11, 11), hashOfLines(11, 19)]).toEqual(["#console:12", "#console:12-20"]);
  });
});

describe("cutToSelection", () => {
  it("takes parts of the first and last line, and all between", () => {
    const selected = { from: { line: 3, offset: 2 }, to: { line: 5, offset: 1 } };
    expect(cutToSelection(["abcd", "whole", "xyz"], selected)).toBe("cd\nwhole\nx");
    expect(cutToSelection(["abcd"], { from: { line: 0, offset: 1 }, to: { line: 0, offset: 3 } })).toBe("bc");
  });
});
