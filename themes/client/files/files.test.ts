import { describe, expect, it } from "vitest";
import { csvRows } from "./csv";
import { indented } from "./preview";

describe("csvRows", () => {
  it("knows quotes, line ends of Windows and empty lines", () => {
    expect(csvRows('a,b\r\n"x, ""y""\nz",2\r\n\r\n,3', ",", 10)).toEqual({ rows: [["a", "b"], ['x, "y"\nz', "2"], ["", "3"]], more: false });
    expect(csvRows("a\tb,c\n", "\t", 10).rows).toEqual([["a", "b,c"]]);
    expect(csvRows("", ",", 10)).toEqual({ rows: [], more: false });
  });

  it("takes the first rows and says that there are more", () => {
    expect(csvRows("a\nb\nc\nd", ",", 2)).toEqual({ rows: [["a"], ["b"]], more: true });
    expect(csvRows("a\nb", ",", 2).more).toBe(false);
  });
});

describe("indented", () => {
  it("indents JSON and leaves what is none", () => {
    expect(indented('{"a":[1]}')).toBe('{\n  "a": [\n    1\n  ]\n}');
    expect(indented("{a")).toBe("{a");
  });
});
