/** State that a page shares and keeps in its address: a value, who listens to it, and its text after the `#`. */

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

/** The state as the text after `#`, in the order of the codec; empty when all of it goes without saying. */
export function writeState<State extends object>(state: State, codec: Codec<State>): string {
  const parts = new URLSearchParams();
  for (const field of Object.keys(codec) as (keyof State & string)[]) {
    const text = codec[field]?.write(state[field]) ?? null;
    if (text !== null) parts.set(field, text);
  }
  return parts.toString();
}

/** The fields that the text after `#` names and that can be read. */
export function readState<State extends object>(hash: string, codec: Codec<State>): Partial<State> {
  const parts = new URLSearchParams(hash.replace(/^#/, ""));
  const state: Partial<State> = {};
  for (const field of Object.keys(codec) as (keyof State & string)[]) {
    const text = parts.get(field);
    const value = text === null ? undefined : codec[field]?.read(text);
    if (value !== undefined) state[field] = value;
  }
  return state;
}

// Browsers refuse more than about a hundred changes of the address in half a minute, and a drag makes many.
const WRITE_DELAY = 200;

/** Fills a store from the address and keeps the address up to date. Call it once the store has its defaults. */
export function bindToUrl<State extends object>(store: Store<State>, codec: Codec<State>): void {
  store.set(readState(location.hash, codec));
  let timer = 0;
  store.subscribe((state) => {
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      const text = writeState(state, codec);
      const url = text ? `#${text}` : location.pathname + location.search;
      history.replaceState(history.state, "", url);
    }, WRITE_DELAY);
  });
  addEventListener("hashchange", () => store.set(readState(location.hash, codec)));
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
  };
}

/** A switch; off is left out of the address. */
export const switchField: FieldCodec<boolean> = {
  write: (value) => (value ? "1" : null),
  read: (text) => text === "1",
};
