import { describe, expect, it } from "vitest";
import { comparePatches, compareWords, splitPatch } from "./patches";

const file = (path: string, line: number, ...lines: string[]) =>
  [`diff --git a/${path} b/${path}`, "index 1..2 100644", `--- a/${path}`, `+++ b/${path}`, `@@ -${line},2 +${line},2 @@ def f():`, ...lines, ""].join("\n");

const kinds = (old: string, fresh: string) => comparePatches(old, fresh).map(({ path, kind }) => [path, kind]);

describe("splitPatch", () => {
  it("keeps the lines of each file without the places of its hunks", () => {
    const files = splitPatch(file("a.py", 3, " one", "-two", "+three") + file("sub/b.py", 1, "+x"));
    expect([...files]).toEqual([
      ["a.py", ["@@ def f():", " one", "-two", "+three"]],
      ["sub/b.py", ["@@ def f():", "+x"]],
    ]);
  });

  it("takes lines that look like heads for what they are", () => {
    expect(splitPatch(file("a.sql", 1, "--- old comment", "+++ new comment")).get("a.sql")).toEqual(["@@ def f():", "--- old comment", "+++ new comment"]);
  });

  it("reads patches that git did not write, new and deleted files, and anything else", () => {
    expect([...splitPatch("--- a/x\t2020\n+++ b/x\t2021\n@@ -1 +1 @@\n-a\n+b\n")]).toEqual([["x", ["@@", "-a", "+b"]]]);
    expect([...splitPatch("--- /dev/null\n+++ b/new\n@@ -0,0 +1 @@\n+a\n").keys()]).toEqual(["new"]);
    expect([...splitPatch('diff --git "a/with \\"q" "b/with \\"q"\nBinary files differ\n')]).toEqual([['with \\"q', ["Binary files differ"]]]);
    expect([...splitPatch("nonsense\n")]).toEqual([]);
    expect([...splitPatch("")]).toEqual([]);
  });
});

describe("comparePatches", () => {
  it("says of each file which run changed it, what differs first", () => {
    const both = file("both.py", 1, "+same");
    expect(kinds(both + file("old.py", 1, "+x") + file("own.py", 1, "+1"), both + file("new.py", 1, "+y") + file("own.py", 1, "+2"))).toEqual([
      ["new.py", "new"],
      ["old.py", "old"],
      ["own.py", "both"],
      ["both.py", "same"],
    ]);
  });

  it("takes the same change at another place for the same", () => {
    expect(kinds(file("a.py", 3, "+x"), file("a.py", 90, "+x"))).toEqual([["a.py", "same"]]);
  });

  it("shows the lines that differ with some around them", () => {
    const lines = Array.from({ length: 20 }, (_, place) => ` line ${place}`);
    const patch = (value: string) => file("a.py", 1, ...lines.slice(0, 10), `+rate = ${value}`, ...lines.slice(10));
    const [change] = comparePatches(patch("1"), patch("2"));
    expect(change?.lines.map(({ kind, text }) => `${kind} ${text.trim()}`)).toEqual([
      "gap 8 equal lines",
      "context line 7",
      "context line 8",
      "context line 9",
      "remove +rate = 1",
      "add +rate = 2",
      "context line 10",
      "context line 11",
      "context line 12",
      "gap 7 equal lines",
    ]);
    expect([change?.added, change?.removed]).toEqual([1, 1]);
  });
});

describe("compareWords", () => {
  it("says which words each command line has alone", () => {
    const words = compareWords(["train.py", "--lr", "0.1"], ["train.py", "--lr", "0.01", "--warm-up"]);
    expect(words.map(({ kind, text }) => `${kind} ${text}`)).toEqual(["same train.py", "same --lr", "remove 0.1", "add 0.01", "add --warm-up"]);
  });
});
