/** State that a page shares and keeps in its address: a value, who listens to it, and its text after the `#`. */
import type { Plain } from "./types";

export interface Store<State extends object> {
  get: () => State;
  /** Merges the fields given and tells the listeners, if any of them is new. */
  set: (changes: Partial<State>) => void;
  /** Calls back after each change with what was before; returns how to stop. */
  subscribe: (listener: (state: State, before: State) => void) => () => void;
}

/** A field and its text in the address. `write` gives null for what goes without saying. */
export interface FieldCodec<Value> {
  write: (value: Value) => string | null;
  /** Gives undefined for text that it cannot read. */
  read: (text: string) => Value | undefined;
  /** Its name in the address and in files, where that is not the name of the field. */
  name?: string;
  /** How the text looks in a file that people read and edit; without this it looks the same there. */
  file?: { write: (text: string) => Plain; read: (plain: Plain) => string };
}

/** The fields that are in the address; the others are not kept. */
export type Codec<State> = { [Field in keyof State]?: FieldCodec<State[Field]> };

/** A store with its first state. */
export function createStore<State extends object>(initial: State): Store<State> {
  let state = initial;
  const listeners = new Set<(state: State, before: State) => void>();
  return {
    get: () => state,
    set(changes) {
      const fields = Object.keys(changes) as (keyof State)[];
      if (fields.every((field) => Object.is(state[field], changes[field]))) return;
      const before = state;
      state = { ...state, ...changes };
      for (const listener of [...listeners]) listener(state, before);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

type FieldName<State> = keyof State & string;

/** Each field of a codec with its name outside. */
function named<State extends object>(codec: Codec<State>): [FieldName<State>, string][] {
  return (Object.keys(codec) as FieldName<State>[]).map((field) => [field, codec[field]?.name ?? field]);
}

/** The texts of all fields that do not go without saying, by name, in the order of the codec. */
function texts<State extends object>(state: State, codec: Codec<State>): [string, string, FieldName<State>][] {
  return named(codec).flatMap(([field, name]) => {
    const text = codec[field]?.write(state[field]) ?? null;
    return text === null ? [] : [[name, text, field]];
  });
}

function readTexts<State extends object>(codec: Codec<State>, textOf: (name: string, field: FieldName<State>) => string | null): Partial<State> {
  const state: Partial<State> = {};
  for (const [field, name] of named(codec)) {
    const text = textOf(name, field);
    const value = text === null ? undefined : codec[field]?.read(text);
    if (value !== undefined) state[field] = value;
  }
  return state;
}

/** The state as the text after `#`; empty when all of it goes without saying. */
export function writeState<State extends object>(state: State, codec: Codec<State>): string {
  // A comma needs no escape, and lists are easier to read and to write with it.
  return new URLSearchParams(texts(state, codec).map(([name, text]) => [name, text])).toString().replace(/%2C/g, ",");
}

/** The fields that the text after `#` names and that can be read. */
export function readState<State extends object>(hash: string, codec: Codec<State>): Partial<State> {
  const parts = new URLSearchParams(hash.replace(/^#/, ""));
  return readTexts(codec, (name) => parts.get(name));
}

/** The names in the text after `#` that are none here, or whose text cannot be read. */
export function unreadNames<State extends object>(hash: string, codec: Codec<State>): string[] {
  const fields = new Map(named(codec).map(([field, name]) => [name, field]));
  return [...new URLSearchParams(hash.replace(/^#/, ""))].flatMap(([name, text]) => {
    const field = fields.get(name);
    const isRead = name === PRESET || (field !== undefined && codec[field]?.read(text) !== undefined);
    return isRead ? [] : [name];
  });
}

/** The state as a file has it: the same names as in the address, with values as people write them. */
export function writePlain<State extends object>(state: State, codec: Codec<State>): Record<string, Plain> {
  return Object.fromEntries(texts(state, codec).map(([name, text, field]) => [name, codec[field]?.file?.write(text) ?? text]));
}

/** The fields that a file names and that can be read. */
export function readPlain<State extends object>(plain: Readonly<Record<string, Plain>>, codec: Codec<State>): Partial<State> {
  return readTexts(codec, (name, field) => {
    const value = Object.prototype.hasOwnProperty.call(plain, name) ? plain[name] : undefined;
    return value === undefined ? null : (codec[field]?.file?.read(value) ?? String(value));
  });
}

// Browsers refuse more than about a hundred changes of the address in half a minute, and a drag makes many.
const WRITE_DELAY = 200;

/** States that have a name. An address names one as `view=…`; null asks for the one that an address without state means. */
export type Presets<State> = (name: string | null) => Partial<State>;

const PRESET = "view";

/** Fills a store from the address and keeps the address up to date. Call it once the store has its defaults. */
export function bindToUrl<State extends object>(store: Store<State>, codec: Codec<State>, presets: Presets<State> = () => ({})): void {
  const first = presets(null);
  const read = (): Partial<State> => {
    const name = new URLSearchParams(location.hash.slice(1)).get(PRESET);
    return { ...(name === null ? {} : presets(name)), ...readState(location.hash, codec) };
  };
  const isSilent = (): boolean => !new URLSearchParams(location.hash.slice(1)).has(PRESET) && !Object.keys(read()).length;
  // Without this an empty address would mean the preset again, once somebody has undone all that it sets.
  const nothing = Object.keys(first).length ? `#${PRESET}=` : null;
  store.set(isSilent() ? first : read());
  let timer = 0;
  let known = location.hash;
  const write = (): void => {
    if (location.hash !== known) return; // somebody has just changed the address: its event is on the way, and goes first
    const text = writeState(store.get(), codec);
    history.replaceState(history.state, "", text ? `#${text}` : (nothing ?? location.pathname + location.search));
    known = location.hash;
  };
  const writeSoon = (): void => {
    clearTimeout(timer);
    timer = window.setTimeout(write, WRITE_DELAY);
  };
  store.subscribe(writeSoon);
  addEventListener("hashchange", () => {
    known = location.hash;
    store.set(read());
    writeSoon();
  });
}

/** Text that is kept as it is; the default is left out of the address. */
export function textField<Value extends string>(otherwise: Value, allowed?: readonly Value[]): FieldCodec<Value> {
  return {
    write: (value) => (value === otherwise ? null : value),
    read: (text) => (!allowed || allowed.includes(text as Value) ? (text as Value) : undefined),
  };
}

/** A number between two bounds; the default is left out of the address. */
export function numberField(otherwise: number, least = -Infinity, most = Infinity): FieldCodec<number> {
  return {
    write: (value) => (value === otherwise ? null : String(value)),
    read: (text) => {
      const value = text === "" ? NaN : Number(text);
      return Number.isFinite(value) && value >= least && value <= most ? value : undefined;
    },
    file: { write: Number, read: String },
  };
}

/** How a switch looks in a file. */
export const switchInFile = { write: (text: string): Plain => text === "1", read: (plain: Plain): string => (plain === true ? "1" : "0") };

/** A switch; off is left out of the address. */
export const switchField: FieldCodec<boolean> = {
  write: (value) => (value ? "1" : null),
  read: (text) => text === "1",
  file: switchInFile,
};
