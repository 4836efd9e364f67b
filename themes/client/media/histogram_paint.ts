/** Histograms over steps on a canvas. */
import { theme } from "../theme";
import { channels } from "./mask";
import { type HistogramGrid, evenPlaces, strength } from "./histogram_grid";
import { placeAt } from "./steps";

export interface Painted {
  log: boolean;
  /** places among the steps; -1 for none */
  marked: number;
  hovered: number;
}

const MOST_RIDGES = 60;
/** How far a ridge reaches over those before it, in their distances. */
const RIDGE_HEIGHT = 4;

/** Where a step stands on the axis, from 0 to 1; each step goes on until the next. */
function shareOf(steps: readonly number[], step: number): number {
  const first = steps[0] ?? 0;
  const last = steps[steps.length - 1] ?? 0;
  const typical = (last - first) / Math.max(1, steps.length - 1) || 1;
  return (step - first) / (last + typical - first);
}

/** The place of the step at a share of the width of a heat map. */
export function heatStepAt(steps: readonly number[], share: number): number {
  const first = steps[0] ?? 0;
  const last = steps[steps.length - 1] ?? 0;
  const typical = (last - first) / Math.max(1, steps.length - 1) || 1;
  return Math.max(0, placeAt(steps, first + share * (last + typical - first)));
}

/** Time to the right, values upwards, counts as colour. */
export function drawHeat(canvas: HTMLCanvasElement, grid: HistogramGrid, { log, marked, hovered }: Painted): void {
  const context = canvas.getContext("2d");
  if (!context) return;
  const { width, height } = canvas;
  const { page, accent, text } = theme();
  const from = channels(page).map((part) => part * 255);
  const to = channels(accent).map((part) => part * 255);
  const image = context.createImageData(width, height);
  for (let x = 0; x < width; x += 1) {
    const counts = grid.counts[heatStepAt(grid.steps, x / width)];
    for (let y = 0; y < height; y += 1) {
      const part = Math.min(grid.size - 1, Math.floor((1 - (y + 0.5) / height) * grid.size));
      const share = strength(counts?.[part] ?? 0, grid.most, log);
      const place = (y * width + x) * 4;
      for (let channel = 0; channel < 3; channel += 1) image.data[place + channel] = (from[channel] as number) + ((to[channel] as number) - (from[channel] as number)) * share;
      image.data[place + 3] = 255;
    }
  }
  context.putImageData(image, 0, 0);
  for (const [place, colour] of [[hovered, theme().faint], [marked, text]] as const) {
    const step = grid.steps[place];
    if (step === undefined) continue;
    const left = shareOf(grid.steps, step) * width;
    const right = (place + 1 < grid.steps.length ? shareOf(grid.steps, grid.steps[place + 1] as number) : 1) * width;
    context.strokeStyle = colour;
    context.lineWidth = devicePixelRatio || 1;
    context.strokeRect(left + 0.5, 0.5, Math.max(1, right - left - 1), height - 1);
  }
}

/** The places of the steps that have a ridge. */
function ridges(count: number): number[] {
  return evenPlaces(count, MOST_RIDGES);
}

/** The place of the step whose ridge stands at a share of the height. */
export function ridgeAt(count: number, share: number): number {
  const places = ridges(count);
  const rows = places.length + RIDGE_HEIGHT - 1;
  const row = Math.floor(share * rows) - (RIDGE_HEIGHT - 1);
  return places[Math.max(0, Math.min(places.length - 1, row))] ?? 0;
}

/** Values to the right, the first step at the top, counts as height. */
export function drawRidges(canvas: HTMLCanvasElement, grid: HistogramGrid, { log, marked, hovered }: Painted): void {
  const context = canvas.getContext("2d");
  if (!context) return;
  const { width, height } = canvas;
  const { page, accent, faint, text } = theme();
  const places = ridges(grid.steps.length);
  const distance = height / (places.length + RIDGE_HEIGHT - 1);
  context.fillStyle = page;
  context.fillRect(0, 0, width, height);
  places.forEach((place, row) => {
    const base = (row + RIDGE_HEIGHT) * distance - 1;
    const counts = grid.counts[place];
    context.beginPath();
    context.moveTo(0, base);
    for (let part = 0; part < grid.size; part += 1) {
      const tall = strength(counts?.[part] ?? 0, grid.most, log) * distance * (RIDGE_HEIGHT - 0.5);
      context.lineTo(((part + 0.5) / grid.size) * width, base - tall);
    }
    context.lineTo(width, base);
    context.globalAlpha = 0.9;
    context.fillStyle = page;
    context.fill();
    context.globalAlpha = 1;
    context.lineWidth = (place === marked || place === hovered ? 2 : 1) * (devicePixelRatio || 1);
    context.strokeStyle = place === marked ? text : place === hovered ? accent : faint;
    context.stroke();
  });
}
