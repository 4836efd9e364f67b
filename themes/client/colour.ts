/** The look of a run: one of twelve colours, and from the thirteenth run on another dash pattern. */

export const PALETTE_SIZE = 12;
const DASHES: readonly (readonly number[])[] = [[], [6, 3], [2, 3], [8, 3, 2, 3]];

/** The dash pattern of a run by its number; empty for a solid line. */
export function runDash(run: number): readonly number[] {
  return DASHES[Math.floor(run / PALETTE_SIZE) % DASHES.length] ?? [];
}

/** The name of the CSS token that holds a run's colour. */
export function runToken(run: number): string {
  return `--run-${((run % PALETTE_SIZE) + PALETTE_SIZE) % PALETTE_SIZE}`;
}

/** A run's colour as a CSS value that follows the colour scheme by itself. For the canvas use `theme().runs`. */
export function runColour(run: number): string {
  return `var(${runToken(run)})`;
}
