import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const text = readFileSync(new URL("./schemes.css", import.meta.url), "utf8");


function tokens(selector: string): Record<string, string> {
  const body = text.split(`${selector} {`)[1]?.split("}")[0] ?? "";
  return Object.fromEntries([...body.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name = "", value = ""]) => [name, value]));
}

const light = tokens(":root");
const dark = tokens(':root[data-theme="dark"]');

function resolved(scheme: Record<string, string>, name: string): string {
  const value = scheme[`--${name}`] ?? "";
  const other = /^var\(--(.+)\)$/.exec(value)?.[1];
  return other ? resolved(scheme, other) : value;
}

function luminance(hex: string): number {
  const parts = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255);
  const [red = 0, green = 0, blue = 0] = parts.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(scheme: Record<string, string>, one: string, other: string): number {
  const [high = 0, low = 0] = [one, other].map((name) => luminance(resolved(scheme, name))).sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

describe.each([["light", light], ["dark", dark]])("the %s scheme", (_, scheme) => {
  it.each(["text", "text-muted", "text-faint", "accent-text", "finished-text", "running-text", "crashed-text", "failed-text"])(
    "has %s readable on page and surface (AA)",
    (token) => {
      expect(contrast(scheme, token, "page")).toBeGreaterThanOrEqual(4.5);
      expect(contrast(scheme, token, "surface")).toBeGreaterThanOrEqual(4.5);
    },
  );

  it.each(["finished", "running", "crashed", "failed"])("has %s readable on its own badge", (state) => {
    expect(contrast(scheme, `${state}-text`, `${state}-soft`)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(["code-keyword", "code-string", "code-number", "code-comment", "code-name", "code-builtin"])("has %s readable in code", (token) => {
    for (const behind of ["surface", "page", "added", "removed"]) {
      expect(contrast(scheme, token, behind), behind).toBeGreaterThanOrEqual(4.5);
    }
  });

  it("has twelve run colours that stand out from the page", () => {
    const seen = Array.from({ length: 12 }, (_, index) => `run-${index}`);
    expect(seen.filter((name) => contrast(scheme, name, "page") < 3)).toEqual([]);
    expect(new Set(seen.map((name) => resolved(scheme, name))).size).toBe(12);
  });

  it("has words that can be read on chips and on the accent", () => {
    expect(contrast(scheme, "text-muted", "chip")).toBeGreaterThanOrEqual(4.5);
    expect(contrast(scheme, "on-accent", "accent")).toBeGreaterThanOrEqual(4.5);
  });
});

describe("the two lists of the dark scheme", () => {
  it("are equal", () => {
    expect(tokens(":root:not([data-theme])")).toEqual(dark);
  });

  it("name the same tokens as the light one", () => {
    expect(Object.keys(dark)).toEqual(Object.keys(light));
  });
});
