import { describe, expect, it } from "vitest";
import { safeLink } from "./markdown";

describe("links of a text panel", () => {
  it("lead to pages", () => {
    for (const href of ["https://example.org/a?b=c#d", "http://x", "mailto:a@b.c", "#part", "../runs/", "/a", "runs/a.html"]) expect(safeLink(href)).toBe(href);
  });

  it("are dropped when a browser would run them", () => {
    for (const href of ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\nscript:alert(1)", "\u0001javascript:x", "data:text/html,x", "vbscript:x", "file:///etc", "blob:x", "https:javascript:x"])
      expect(safeLink(href)).toBeNull();
  });
});
