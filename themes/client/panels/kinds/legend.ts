/** A row above a plot that says what its colours mean. */
import type { Theme } from "../../theme";
import { type Colours, between } from "./colours";
import { type Mark, TEXT_SIZE } from "./marks";
import { type Measure, fitted } from "./scales";

export const LEGEND_HEIGHT = 18;
const RAMP_WIDTH = 72;
const RAMP_STEPS = 24;

/** Whether there is anything to say. */
export function hasLegend({ names, ramp }: Colours): boolean {
  return Boolean(ramp) || names.length > 0;
}

function rampMarks({ label, ramp }: Colours, left: number, right: number, { muted, text }: Theme, measure: Measure): Mark[] {
  if (!ramp) return [];
  const y = LEGEND_HEIGHT / 2;
  const shown = fitted(label, Math.max(20, right - left - RAMP_WIDTH - measure(ramp.low) - measure(ramp.high) - 24), measure);
  const marks: Mark[] = [{ mark: "text", x: left, y, text: shown, colour: text, weight: 600 }];
  let x = left + measure(shown) * 1.08 + 8;
  marks.push({ mark: "text", x, y, text: ramp.low, colour: muted });
  x += measure(ramp.low) + 6;
  for (let step = 0; step < RAMP_STEPS; step += 1) {
    const colour = between(ramp.colours, (step + 0.5) / RAMP_STEPS);
    marks.push({ mark: "box", x: x + (step * RAMP_WIDTH) / RAMP_STEPS, y: y - 4, width: RAMP_WIDTH / RAMP_STEPS + 0.5, height: 8, colour });
  }
  marks.push({ mark: "text", x: x + RAMP_WIDTH + 6, y, text: ramp.high, colour: muted });
  return marks;
}

/** The marks of a legend from `left` to `right`; names that find no room are counted. */
export function legendMarks(colours: Colours, left: number, right: number, theme: Theme, measure: Measure): Mark[] {
  if (colours.ramp) return rampMarks(colours, left, right, theme, measure);
  const y = LEGEND_HEIGHT / 2;
  const marks: Mark[] = [];
  let x = left;
  for (const [index, { name, colour }] of colours.names.entries()) {
    const text = fitted(name, 120, measure);
    const rest = colours.names.length - index;
    if (x + measure(text) + TEXT_SIZE + (rest > 1 ? 28 : 0) > right) {
      marks.push({ mark: "text", x, y, text: `+${rest}`, colour: theme.muted });
      break;
    }
    marks.push({ mark: "dot", x: x + 4, y, r: 4, colour }, { mark: "text", x: x + 12, y, text, colour: theme.muted });
    x += measure(text) + 24;
  }
  return marks;
}
