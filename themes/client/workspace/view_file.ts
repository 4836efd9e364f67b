/** A view as the text of its file: YAML that people read, edit and keep in git. */
import type { Plain, PlainValue, View } from "../types";

/** What reads as text in YAML without quotes: begins with a letter and is none of its words for other things. */
const BARE = /^(?!(?:true|false|yes|no|on|off|y|n|null)$)[a-z](?:[\w ./-]*[\w./-])?$/i;
/** What YAML does not take as it stands: control characters, breaks of lines, halves of characters, the byte order mark. */
const UNPRINTABLE = /[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/gu;

function escaped(text: string): string {
  return JSON.stringify(text).replace(UNPRINTABLE, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function scalar(value: string | number | boolean): string {
  if (typeof value !== "string") return String(value);
  if (BARE.test(value)) return value;
  // In single quotes a backslash, which regular expressions have many of, is a backslash.
  return value.search(UNPRINTABLE) < 0 ? `'${value.replace(/'/g, "''")}'` : escaped(value);
}

type Item = string | number | { readonly [key: string]: PlainValue };

/** An item of a list; the keys of a mapping stand below each other behind its dash. */
function listed(item: Item, indent: string): string[] {
  if (typeof item !== "object") return [`${indent}- ${scalar(item)}`];
  const lines = Object.entries(item).flatMap(([key, part]) => entry(scalar(key), part, `${indent}  `));
  return lines.map((line, index) => (index ? line : `${indent}- ${line.slice(indent.length + 2)}`));
}

function entry(key: string, value: Plain, indent = ""): string[] {
  if (typeof value !== "object") return [`${indent}${key}: ${scalar(value)}`];
  if (!Array.isArray(value)) {
    return [`${indent}${key}:`, ...Object.entries(value).flatMap(([inner, part]) => entry(scalar(inner), part, `${indent}  `))];
  }
  const items = value as readonly Item[];
  if (items.every((item) => typeof item === "number")) return [`${indent}${key}: [${items.join(", ")}]`];
  return [`${indent}${key}:`, ...items.flatMap((item) => listed(item, `${indent}  `))];
}

/** What a view's file says; `project` only where the site has several. */
export function viewYaml(view: View, project: string | null): string {
  const head: Record<string, Plain> = { title: view.title };
  if (view.description) head["description"] = view.description;
  if (project !== null) head["project"] = project;
  if (view.default) head["default"] = true;
  const lines = Object.entries({ ...head, ...view.state }).flatMap(([key, value]) => entry(key, value));
  return `${lines.join("\n")}\n`;
}
