import { describe, expect, it } from "vitest";
import type { SearchIndex } from "../types";
import { entriesOf } from "./entries";
import { pieces, rank, searchWords } from "./rank";

const INDEX: SearchIndex = {
  pages: [
    { kind: "page", title: "Digits", url: "index.html" },
    { kind: "report", title: "Which learning rate?", url: "reports/rates/index.html", words: "Adam wins. optimisers", headings: [["each", "Each has its own"]] },
  ],
  projects: [
    {
      name: "digits",
      home: "index.html",
      workspace: "workspace/index.html",
      compare: "compare/index.html",
      runs: "runs/index.html",
      metrics: ["val/acc", "val/loss", "accuracy"],
      names: ["adam-0.1", "adam", "sgd-adamant", "ünder (1)"],
      slugs: [0, 0, 0, "under-1-12ab34"],
      words: ["baseline", "", "kept on purpose", ""],
      left: 0,
    },
  ],
};
const entries = entriesOf(INDEX);
const titles = (text: string) => rank(entries, text).map(({ entry }) => entry.title);

describe("what is found", () => {
  it("leads to pages, headings, metrics in the workspace, and runs", () => {
    const url = (title: string) => entries.find((entry) => entry.title === title)?.url;
    expect(url("Each has its own")).toBe("reports/rates/index.html#each");
    expect(url("val/acc")).toBe(`workspace/index.html#metrics=${encodeURIComponent("^val\\/acc$")}`);
    expect(url("adam-0.1")).toBe("runs/adam-0.1/index.html");
    expect(url("ünder (1)")).toBe("runs/under-1-12ab34/index.html");
  });

  it("is the whole name first, then its start, then a word of it, then what is beside it", () => {
    expect(titles("adam")).toEqual(["adam", "adam-0.1", "sgd-adamant", "Which learning rate?"]);
    expect(titles("acc")).toEqual(["accuracy", "val/acc"]);
  });

  it("has every word somewhere, in any case", () => {
    expect(titles("ADAM Baseline")).toEqual(["adam-0.1"]);
    expect(titles("adam nonsense")).toEqual([]);
    expect(titles("ÜNDER")).toEqual(["ünder (1)"]);
  });

  it("is the pages and reports while nothing is asked for", () => {
    expect(titles(" ")).toEqual(["Digits", "Workspace", "Runs", "Compare", "Which learning rate?"]);
  });

  it("names the project where there are several", () => {
    const other = { ...INDEX.projects[0]!, name: "letters", workspace: "letters/workspace/index.html", runs: "letters/runs/index.html" };
    const many = entriesOf({ ...INDEX, projects: [...INDEX.projects, other] });
    expect(many.filter(({ title }) => title === "Workspace").map(({ where }) => where)).toEqual(["digits", "letters"]);
    expect(rank(many, "letters adam").map(({ entry }) => entry.url)[0]).toBe("letters/runs/adam/index.html");
  });
});

describe("a title", () => {
  it("is cut where the words are that were searched for", () => {
    const hits = pieces("Adam and Madam", searchWords("adam d")).filter(({ hit }) => hit);
    expect(hits.map(({ text }) => text)).toEqual(["Adam", "d", "adam"]);
    expect(pieces("x", [])).toEqual([{ text: "x", hit: false }]);
    expect(pieces("", ["x"])).toEqual([]);
  });
});
