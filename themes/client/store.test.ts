import { describe, expect, it, vi } from "vitest";
import { type Codec, createStore, numberField, readState, switchField, textField, writeState } from "./store";

interface State {
  x: "step" | "wall";
  smooth: number;
  log: boolean;
  local: string;
}

const CODEC: Codec<State> = {
  x: textField<"step" | "wall">("step", ["step", "wall"]),
  smooth: numberField(0, 0, 0.99),
  log: switchField,
};

describe("a store", () => {
  it("tells what was and what is, and only of changes", () => {
    const store = createStore({ a: 1, b: 2 });
    const listener = vi.fn();
    const stop = store.subscribe(listener);
    store.set({ a: 1 });
    expect(listener).not.toHaveBeenCalled();
    store.set({ a: 5 });
    expect(listener).toHaveBeenCalledWith({ a: 5, b: 2 }, { a: 1, b: 2 });
    stop();
    store.set({ a: 6 });
    expect(listener).toHaveBeenCalledTimes(1);
  });
});

describe("state in the address", () => {
  it("is empty when nothing is special", () => {
    expect(writeState<State>({ x: "step", smooth: 0, log: false, local: "q" }, CODEC)).toBe("");
  });

  it("comes back as it went", () => {
    const text = writeState<State>({ x: "wall", smooth: 0.6, log: true, local: "q" }, CODEC);
    expect(readState(`#${text}`, CODEC)).toEqual({ x: "wall", smooth: 0.6, log: true });
  });

  it("ignores what it cannot read", () => {
    expect(readState("#x=sideways&smooth=7&nobody=1", CODEC)).toEqual({});
    expect(readState("", CODEC)).toEqual({});
    expect(readState("#smooth=", CODEC)).toEqual({});
  });
});
