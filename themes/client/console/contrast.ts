/** Colours that a program chose for another background than ours, moved until they can be read on it. */

export type Rgb = readonly [number, number, number];

const BLACK: Rgb = [0, 0, 0];
const WHITE: Rgb = [255, 255, 255];
/** WCAG AA for text */
const READABLE = 4.5;
const HALVINGS = 8;

function luminance(color: Rgb): number {
  const [red = 0, green = 0, blue = 0] = color.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The contrast of two colours, from 1 to 21. */
export function contrast(one: Rgb, other: Rgb): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

function mixed(color: Rgb, other: Rgb, share: number): Rgb {
  const part = (at: 0 | 1 | 2) => Math.round(color[at] + (other[at] - color[at]) * share);
  return [part(0), part(1), part(2)];
}

/** Black or white, whichever can be read on a background. */
export function inkOn(background: Rgb): Rgb {
  return contrast(BLACK, background) >= contrast(WHITE, background) ? BLACK : WHITE;
}

/** The colour itself where it can be read on the background, else with just enough black or white in it. */
export function readableOn(color: Rgb, background: Rgb): Rgb {
  if (contrast(color, background) >= READABLE) return color;
  const ink = inkOn(background);
  let [tooLittle, enough] = [0, 1];
  for (let halving = 0; halving < HALVINGS; halving += 1) {
    const share = (tooLittle + enough) / 2;
    if (contrast(mixed(color, ink, share), background) >= READABLE) enough = share;
    else tooLittle = share;
  }
  return mixed(color, ink, enough);
}

/** As CSS has it. */
export function cssColor(color: Rgb): string {
  return `rgb(${color.join(" ")})`;
}
