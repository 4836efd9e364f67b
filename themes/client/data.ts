/**
 * The data of the site. A dataset is a classic script that calls `reportgen.put(key, payload)`; it is inserted when it is
 * first asked for. That is the one way of loading that works over http and from a folder opened with a double click.
 */
import type { VegaLibrary } from "./chart/vega";
import type { PlotlyLibrary } from "./media/plotly_library";
import type { SpaceLibrary } from "./media/space/library";
import type { MediaTools } from "./media/tools";
import type { RunTools } from "./pages/run_tools";
import type { TableLibrary } from "./table/library";
import type { KindsLibrary } from "./panels/kinds/library";
import type { SearchLibrary } from "./search/dialog";
import type { DataRef, Manifest, Numbers, Packed, ProjectIndex, Ramp, SearchIndex } from "./types";

interface Reportgen {
  put: (key: string, payload: unknown) => void;
  /** set by vega.js when it has loaded, and so on */
  vega?: VegaLibrary;
  media?: MediaTools;
  plotly?: PlotlyLibrary;
  /** the modules that scripts beside this one use: shared.ts */
  shared?: Record<string, unknown>;
  table?: TableLibrary;
  /** set by live.js, on pages of `reportgen serve`: keeps a view's file in the project */
  saveView?: (name: string, text: string) => Promise<void>;
  run?: RunTools;
  space?: SpaceLibrary;
  kinds?: KindsLibrary;
  search?: SearchLibrary;
}

declare global {
  interface Window {
    reportgen?: Reportgen;
  }
}

/** Data that could not be had, in words for the reader of the page. */
export class DataError extends Error {
  override name = "DataError";
}

// A page that is open while the site is built again names files that are gone; a copy may lack some.
const REMEDY = "reload the page; if that does not help, the site is incomplete and has to be built or copied again";

const MANIFEST: DataRef = { key: "manifest", url: "data/manifest.js" };

const arrived = new Map<string, unknown>();
const requests = new Map<string, Promise<unknown>>();
const columns = new WeakMap<object, Float64Array>();

// Only while the script itself runs does the document know which tag it came from.
const ownTag = typeof document === "undefined" ? null : (document.currentScript as HTMLScriptElement | null);

if (typeof window !== "undefined") {
  window.reportgen = { ...window.reportgen, put: (key, payload) => void arrived.set(key, payload) };
}

/** The folder that holds `data/`, as an absolute url that ends in a slash. */
export function dataRoot(): string {
  return new URL(ownTag?.dataset["root"] || "./", document.baseURI).href;
}

/** The url of a page or file that a dataset names relative to the data root. */
export function pageUrl(uri: string): string {
  return new URL(uri, dataRoot()).href;
}

function lastPart(url: string): string {
  return decodeURIComponent(new URL(url).pathname.split("/").pop() ?? "");
}

/** Runs a script of this site once; rejects with a `DataError` when it cannot be had. */
function insertScript(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = url;
    script.onload = () => {
      script.remove();
      resolve();
    };
    script.onerror = () => {
      script.remove();
      reject(new DataError(`${lastPart(url)} could not be loaded: ${REMEDY}`));
    };
    document.head.append(script);
  });
}

/** A dataset of the site. Loaded once; after a failure the next call tries again. */
export function load<T>(ref: DataRef): Promise<T> {
  const known = requests.get(ref.key);
  if (known) return known as Promise<T>;
  const request = (async () => {
    await insertScript(pageUrl(ref.url));
    if (!arrived.has(ref.key)) throw new DataError(`${lastPart(pageUrl(ref.url))} is damaged: ${REMEDY}`);
    const payload = arrived.get(ref.key);
    arrived.delete(ref.key);
    return payload;
  })();
  requests.set(ref.key, request);
  request.catch(() => requests.delete(ref.key));
  return request as Promise<T>;
}

/** Forgets a dataset, so that its memory can be used again. */
export function forget(ref: DataRef): void {
  requests.delete(ref.key);
}

/** The names of all projects of the site. */
export async function projectNames(): Promise<string[]> {
  return Object.keys((await load<Manifest>(MANIFEST)).projects);
}

/** What a project consists of. Rejects when the site has no such project. */
export async function projectIndex(project: string): Promise<ProjectIndex> {
  const manifest = await load<Manifest>(MANIFEST);
  const ref = Object.prototype.hasOwnProperty.call(manifest.projects, project) ? manifest.projects[project] : undefined;
  if (!ref) throw new DataError(`this site has no project "${project}"`);
  return load<ProjectIndex>(ref);
}

/** What can be searched for; null where the site has no index of it. */
export async function searchIndex(): Promise<SearchIndex | null> {
  const { search } = await load<Manifest>(MANIFEST);
  return search ? load<SearchIndex>(search) : null;
}

type Library = "vega" | "media" | "plotly" | "space" | "run" | "table" | "kinds" | "search";

const libraries = new Map<Library, Promise<unknown>>();

/** A script of its own, so that pages which do not need it do not pay for it. After a failure the next call tries again. */
function library<Name extends Library>(name: Name, url: string | undefined): Promise<NonNullable<Reportgen[Name]>> {
  const known = libraries.get(name) as Promise<NonNullable<Reportgen[Name]>> | undefined;
  if (known) return known;
  const request = (async () => {
    await insertScript(new URL(url || `assets/${name}.js`, document.baseURI).href);
    const given = window.reportgen?.[name];
    if (!given) throw new DataError(`${name}.js did not start`);
    return given as NonNullable<Reportgen[Name]>;
  })();
  libraries.set(name, request);
  request.catch(() => libraries.delete(name));
  return request;
}

/** Vega. */
export function vegaLibrary(): Promise<VegaLibrary> {
  return library("vega", ownTag?.dataset["vega"]);
}

/** What draws the panels that not every workspace has. */
export function kindsLibrary(): Promise<KindsLibrary> {
  return library("kinds", ownTag?.dataset["kinds"]);
}

/** The search over the whole site. */
export function searchLibrary(): Promise<SearchLibrary> {
  return library("search", ownTag?.dataset["search"]);
}

/** What a gallery is made of; `url` as its element names it. */
export function mediaTools(url: string | undefined): Promise<MediaTools> {
  return library("media", url);
}

/** What draws runs tables; `url` as the table names it. */
export function tableLibrary(url: string | undefined): Promise<TableLibrary> {
  return library("table", url);
}

/** Plotly; `url` as the gallery names it. */
export function plotlyLibrary(url: string | undefined): Promise<PlotlyLibrary> {
  return library("plotly", url);
}

/** What the tabs of a run page need; `url` as their element names it. */
export function runTools(url: string | undefined): Promise<RunTools> {
  return library("run", url);
}

/** What draws meshes and molecules; `url` as the gallery names it. */
export function spaceLibrary(url: string | undefined): Promise<SpaceLibrary> {
  return library("space", url);
}

function unpacked(packed: Packed): Float64Array {
  const planes = atob("f4" in packed ? packed.f4 : packed.f8);
  const size = "f4" in packed ? 4 : 8;
  const count = Math.floor(planes.length / size);
  const bytes = new Uint8Array(count * size);
  for (let plane = 0; plane < size; plane += 1) {
    const start = plane * count;
    for (let index = 0; index < count; index += 1) bytes[index * size + plane] = planes.charCodeAt(start + index);
  }
  return size === 4 ? new Float64Array(new Float32Array(bytes.buffer)) : new Float64Array(bytes.buffer);
}

// Plain loops, because these run over every number of the page and `from` with a function takes five times as long.
function expanded(ramp: Ramp): Float64Array {
  const out = new Float64Array(ramp.n);
  for (let index = 0; index < out.length; index += 1) out[index] = ramp.from + index * ramp.by;
  if (ramp.to !== undefined) out[out.length - 1] = ramp.to;
  return out;
}

function listed(numbers: (number | null)[]): Float64Array {
  const out = new Float64Array(numbers.length);
  for (let index = 0; index < out.length; index += 1) out[index] = numbers[index] ?? NaN;
  return out;
}

/** A column as floats, NaN for null. Expanded once for each column; do not write into it. */
export function column(numbers: Numbers): Float64Array {
  const known = columns.get(numbers);
  if (known) return known;
  if (numbers instanceof Float64Array) return numbers;
  const out = Array.isArray(numbers) ? listed(numbers) : "n" in numbers ? expanded(numbers) : unpacked(numbers);
  columns.set(numbers, out);
  return out;
}
