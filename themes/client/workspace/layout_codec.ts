/** A layout in the address and in a view's file. reportgen/site/view_panels.py reads and checks the same names. */
import { joinNames, splitNames } from "../names";
import { fieldsOf } from "../panels/registry";
import type { FieldCodec } from "../store";
import type { Plain } from "../types";
import { type AddedPanel, HEIGHTS, MOST_COLUMNS, type PanelEntry, type PanelValue } from "./layout";

/** More than anybody arranges by hand: an address may say anything. */
const MOST_PANELS = 300;
const MOST_SECTIONS = 100;

/*
 * One entry is parts between stars, and two stars stand between entries: stars, dots and underscores need no escape in an
 * address. The first part is `kind.number` of an added panel, or `.id` of one of the plan; the others are `name_value`.
 */
const SHORT = { in: "section", after: "after", w: "width", h: "height" } as const;
type Short = keyof typeof SHORT;

function escaped(text: string): string {
  return text.replace(/[%*]/g, (sign) => (sign === "*" ? "%2A" : "%25"));
}

function unescaped(text: string): string {
  return text.replace(/%2A/gi, "*").replace(/%25/g, "%");
}

function valueText(value: PanelValue): string {
  return typeof value === "object" ? joinNames(value) : typeof value === "boolean" ? (value ? "1" : "0") : String(value);
}

/** A text as the value of a field of a kind. What the kind does not have stays text, for who looks at it to say so. */
function valueOf(kind: string, name: string, text: string): PanelValue {
  const of = fieldsOf(kind).find((field) => field.name === name)?.of;
  if (of === "switch") return text === "1" || text === "true";
  if (of === "metrics" || of === "columns") return splitNames(text);
  if (of === "number" && text.trim() !== "" && Number.isFinite(Number(text))) return Number(text);
  return text;
}

function inBounds(text: string | undefined, least: number, most: number): number | undefined {
  const value = text === undefined || text === "" ? NaN : Math.round(Number(text));
  return Number.isFinite(value) ? Math.min(Math.max(value, least), most) : undefined;
}

type Texts = ReadonlyMap<string, string>;

/** An entry from its texts; undefined for what is none. */
function entryOf(id: string, kind: string | null, texts: Texts): PanelEntry | undefined {
  if (id === "" && kind === null) return undefined;
  const places: ReadonlySet<string> = new Set(Object.values(SHORT));
  const fields = [...texts].filter(([name]) => !places.has(name));
  const panel = kind === null ? null : ({ kind, ...Object.fromEntries(fields.map(([name, text]) => [name, valueOf(kind, name, text)])) } as AddedPanel);
  const width = inBounds(texts.get("width"), 1, MOST_COLUMNS);
  const height = inBounds(texts.get("height"), HEIGHTS.least, HEIGHTS.most);
  const [section, after] = [texts.get("section"), texts.get("after")];
  return {
    id,
    ...(panel && { panel }),
    ...(section !== undefined && { section }),
    ...(after !== undefined && { after }),
    ...(width !== undefined && width !== 1 && { width }),
    ...(height !== undefined && { height }),
  };
}

/** Every entry once; those that were added have a number. */
function withIds(entries: readonly (PanelEntry | undefined)[]): PanelEntry[] {
  const taken = new Set(entries.flatMap((entry) => entry?.id ?? []));
  const seen = new Set<string>();
  let next = 1;
  return entries.slice(0, MOST_PANELS).flatMap((entry): PanelEntry[] => {
    if (!entry || (!entry.panel && seen.has(entry.id))) return [];
    let { id } = entry;
    if (entry.panel && (seen.has(id) || !/^\d{1,6}$/.test(id))) {
      while (taken.has(String(next))) next += 1;
      id = String(next);
      taken.add(id);
    }
    seen.add(id);
    return [{ ...entry, id }];
  });
}

function writeEntry({ id, panel, ...rest }: PanelEntry): string {
  const { kind, ...fields } = panel ?? { kind: "" };
  const places = (Object.keys(SHORT) as Short[]).flatMap((short): [string, PanelValue][] => {
    const value = rest[SHORT[short]];
    return value === undefined ? [] : [[short, value]];
  });
  const parts = [...Object.entries(fields), ...places].map(([name, value]) => `${escaped(name)}_${escaped(valueText(value))}`);
  return [`${escaped(kind)}.${escaped(id)}`, ...parts].join("*");
}

function readEntry(text: string): PanelEntry | undefined {
  const [head = "", ...parts] = text.split("*");
  const [kind = "", id = ""] = head.split(/\.(.*)/s).map(unescaped);
  const texts = parts.flatMap((part): [string, string][] => {
    const [name = "", value] = part.split(/_(.*)/s).map(unescaped);
    return value === undefined ? [] : [[SHORT[name as Short] ?? name, value]];
  });
  return entryOf(id, kind || null, new Map(texts));
}

type Mapping = { readonly [key: string]: PanelValue };

function plainEntry({ id, panel, ...place }: PanelEntry): Mapping {
  const { kind, ...fields } = panel ?? { kind: "" };
  return { ...(panel ? { kind, id: Number(id) } : { panel: id }), ...fields, ...place } as Mapping;
}

function entryOfPlain(plain: unknown): PanelEntry | undefined {
  if (typeof plain !== "object" || plain === null || Array.isArray(plain)) return undefined;
  const { kind, panel, id, ...rest } = plain as Mapping;
  const texts = new Map(Object.entries(rest).map(([name, value]) => [name, valueText(value)]));
  return kind === undefined ? entryOf(String(panel ?? ""), null, texts) : entryOf(String(id ?? ""), String(kind), texts);
}

const write = (entries: readonly PanelEntry[]): string => entries.map(writeEntry).join("**");
const read = (text: string): PanelEntry[] => withIds(text.split("**").map(readEntry));

export const panelsField: FieldCodec<readonly PanelEntry[]> = {
  write: (entries) => (entries.length ? write(entries) : null),
  read,
  file: {
    write: (text) => read(text).map(plainEntry),
    read: (plain: Plain) => (Array.isArray(plain) ? write(withIds((plain as readonly unknown[]).map(entryOfPlain))) : ""),
  },
};

const namesInFile = { write: splitNames, read: (plain: Plain): string => (Array.isArray(plain) ? joinNames(plain.map(String)) : "") };

export const sectionsField: FieldCodec<readonly string[]> = {
  write: (names) => (names.length ? joinNames(names) : null),
  read: (text) => [...new Set(splitNames(text))].filter(Boolean).slice(0, MOST_SECTIONS),
  file: namesInFile,
};

export const removedField: FieldCodec<ReadonlySet<string>> = {
  write: (ids) => (ids.size ? joinNames([...ids]) : null),
  read: (text) => new Set(splitNames(text)),
  file: namesInFile,
};
