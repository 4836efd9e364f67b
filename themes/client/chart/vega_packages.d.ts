/** The parts of Vega that we touch, as far as we touch them: its packages ship no types of their own. */

declare module "vega-dataflow" {
  export const transforms: Record<string, unknown>;
  export interface Changeset {
    insert(rows: readonly object[]): Changeset;
    remove(test: (row: object) => boolean): Changeset;
  }
  export function changeset(): Changeset;
}

declare module "vega-transforms";
declare module "vega-encode";
declare module "vega-view-transforms";
declare module "vega-geo-shape" {
  const transform: unknown;
  export default transform;
}
declare module "vega-geo-projection" {
  const transform: unknown;
  export default transform;
}

declare module "vega-projection" {
  export function projection(type: string, constructor: () => object): void;
}

declare module "vega-functions" {
  export function expressionFunction(name: string, run: (...parameters: never[]) => unknown): void;
}

declare module "vega-interpreter" {
  export const expressionInterpreter: object;
}

declare module "vega-scenegraph" {
  export class Bounds {}
  export function boundContext(bounds: Bounds): object;
}

declare module "vega-parser" {
  export type Runtime = Record<string, unknown>;
  export function parse(spec: object, config: object | null, options: { ast: boolean }): Runtime;
}

declare module "vega-view" {
  import type { Changeset } from "vega-dataflow";
  import type { Runtime } from "vega-parser";
  export interface Scale {
    (value: number): number;
    domain(): number[];
  }
  export interface ViewOptions {
    renderer: "canvas" | "svg";
    expr: object;
    loader: object;
    logLevel: number;
    tooltip?: (handler: unknown, event: MouseEvent, item: unknown, value: unknown) => void;
  }
  export class View {
    constructor(runtime: Runtime, options: ViewOptions);
    initialize(container: HTMLElement): this;
    runAsync(): Promise<this>;
    change(dataset: string, changes: Changeset): this;
    signal(name: string): unknown;
    signal(name: string, value: unknown): this;
    width(pixels: number): this;
    height(pixels: number): this;
    padding(sides: { left: number; right: number; top: number; bottom: number }): this;
    scale(name: string): Scale;
    toSVG(scaleFactor?: number): Promise<string>;
    data(name: string): readonly object[];
    toCanvas(scaleFactor?: number): Promise<HTMLCanvasElement>;
    hover(): this;
    finalize(): this;
  }
}
