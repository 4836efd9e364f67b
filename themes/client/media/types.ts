/** Media as they stand in datasets: part of the twin of reportgen/document, see ../types.ts. */
import type { Numbers } from "../types";

/** Counts between edges, of which there is one more. */
export interface HistogramPayload { bins: Numbers; values: Numbers }

/** x, y, width and height in fractions of the picture; class number; all that is known in words; scores by name. */
export type BoxData = [number, number, number, number, number, string, Record<string, number>];
export type ClassNames = [number, string][];
/** Boxes, or a mask: the url of a grey picture of class numbers. */
export interface OverlayData { name: string; classes: ClassNames; boxes?: BoxData[]; mask?: string }

/** Media as they stand in datasets; urls are relative to the data root. */
export interface PictureData { picture: string; label: string; width?: number; height?: number; moves?: boolean; overlays?: OverlayData[] }
export interface SoundData { sound: string; label: string; peaks: number[] }
export interface FilmData { film: string; label: string }
export type MediumData = PictureData | SoundData | FilmData | HistogramPayload | { what: string };

/** What stands around each medium of a key. */
export interface ItemData {
  step: number;
  caption?: string;
  facts?: string[];
  notes?: string[];
  file?: { name: string; size: number; uri: string };
}
export type PictureItem = ItemData & PictureData;
export type HistogramItem = ItemData & HistogramPayload;
/** key "<slug>/r/<run>/shelf-<n>": the media of one key by step */
export type ShelfPayload = { kind: "pictures"; items: PictureItem[] } | { kind: "histograms"; items: HistogramItem[] };

export type TableCell = string | number | boolean | null | MediumData;
/** key "<slug>/r/<run>/table-<n>-<m>": the table of the last step that begins like this one */
export interface TablePayload { columns: string[]; rows: TableCell[][] }

/** key "<slug>/r/<run>/medium-<n>" of a mesh: the file in Base64 */
export interface MeshPayload { format: string; file: string }
/** key "<slug>/r/<run>/medium-<n>" of a molecule: x, y and z of each atom in Ångström; bonds are two atoms and an order */
export interface MoleculePayload { elements: string[]; kinds: number[]; places: Numbers; bonds: [number, number, number][] }
/** key "<slug>/r/<run>/medium-<n>" of a Bokeh figure */
export interface BokehPayload { document: Record<string, unknown> }

/** key "<slug>/r/<run>/medium-<n>" of a Plotly figure */
export interface PlotlyPayload { data: Record<string, unknown>[]; layout: Record<string, unknown> }

/** key "<slug>/r/<run>/medium-<n>" of points in space: x, y, z, then nothing, a category, or red, green and blue up to 255 */
export interface CloudPayload {
  points: number[][];
  /** eight corners each; colour as red, green and blue up to 255, or empty */
  boxes: { corners: number[][]; color: number[]; label: string }[];
  vectors: { start: number[]; end: number[]; color: number[] }[];
}
