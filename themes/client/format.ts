/** How numbers and times are written: the twin of reportgen/numbers.py, and the shorter forms that axes need. */

const NO_BREAK_SPACE = "\u00a0";
const DURATION_UNITS = [
  { large: "min", small: "s", size: 60, part: 1, below: 3600 },
  { large: "h", small: "min", size: 3600, part: 60, below: 86400 },
  { large: "d", small: "h", size: 86400, part: 3600, below: Infinity },
] as const;
const STEP_UNITS = [
  { suffix: "B", size: 1e9 },
  { suffix: "M", size: 1e6 },
  { suffix: "k", size: 1e3 },
] as const;

function withoutTrailingZeros(text: string): string {
  return text.includes(".") && !text.includes("e") ? text.replace(/0+$/, "").replace(/\.$/, "") : text;
}

function shortExponent(text: string): string {
  const [mantissa = "", exponent = "0"] = text.split("e");
  return `${withoutTrailingZeros(mantissa)}e${Number(exponent)}`;
}

/** A number with so many significant digits: `0.9812`, `1284`, `1.5e-5`, `∞`, `NaN`. */
export function formatNumber(value: number, digits = 4): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "-∞";
  const size = Math.abs(value);
  if (size >= 1e6 || (size > 0 && size < 1e-4)) return shortExponent(value.toExponential(Math.max(digits - 1, 0)));
  if (size >= 10 ** digits || Number.isInteger(value)) return value.toFixed(0);
  return withoutTrailingZeros(value.toPrecision(digits));
}

/** A step in full, with thin groups of thousands: `1 250 000`. */
export function formatStep(value: number): string {
  if (!Number.isInteger(value)) return formatNumber(value, 6);
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, "\u202f");
}

/** A step for an axis: `500`, `20k`, `1.25M`. */
export function formatStepShort(value: number): string {
  const unit = STEP_UNITS.find(({ size }) => Math.abs(value) >= size * 10 || (size > 1e3 && Math.abs(value) >= size));
  if (!unit) return formatNumber(value, 6);
  return withoutTrailingZeros((value / unit.size).toPrecision(6)) + unit.suffix;
}

/** A time span: `340 ms`, `12.3 s`, `3 min 20 s`, `2 h 5 min`, `3 d 4 h`; empty when unknown. */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return "";
  const sign = seconds < 0 ? "-" : "";
  const size = Math.abs(seconds);
  if (size < 1) return `${sign}${(size * 1000).toFixed(0)} ms`;
  if (size < 59.95) return `${sign}${withoutTrailingZeros(size.toFixed(1))} s`;
  const whole = Math.round(size);
  const unit = DURATION_UNITS.find(({ below }) => whole < below) ?? DURATION_UNITS[2];
  const rest = Math.floor((whole % unit.size) / unit.part);
  return `${sign}${Math.floor(whole / unit.size)} ${unit.large}${rest ? ` ${rest} ${unit.small}` : ""}`;
}

/** A time span for an axis, as short as it can be: `0`, `90s`, `5m`, `1h 30m`, `2d`. */
export function formatDurationShort(seconds: number): string {
  if (seconds === 0) return "0";
  const sign = seconds < 0 ? "-" : "";
  const size = Math.abs(seconds);
  if (size < 1) return `${sign}${withoutTrailingZeros((size * 1000).toPrecision(3))}ms`;
  if (size < 60) return `${sign}${withoutTrailingZeros(size.toPrecision(4))}s`;
  const parts = [
    { count: Math.floor(size / 86400), unit: "d" },
    { count: Math.floor((size % 86400) / 3600), unit: "h" },
    { count: Math.floor((size % 3600) / 60), unit: "m" },
    { count: Math.round(size % 60), unit: "s" },
  ];
  const told = parts.filter(({ count }) => count > 0).slice(0, 2);
  return sign + told.map(({ count, unit }) => `${count}${unit}`).join(NO_BREAK_SPACE);
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}

const SIZES = ["kB", "MB", "GB", "TB"] as const;

/** A size in bytes, in powers of 1000: `812 B`, `1.4 MB`. */
export function fileSize(bytes: number): string {
  if (bytes < 1000) return `${bytes.toFixed(0)} B`;
  let value = bytes / 1000;
  let unit = 0;
  while (value >= 999.5 && unit < SIZES.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${value.toFixed(value < 10 ? 1 : 0)} ${SIZES[unit]}`;
}

/** A moment in the reader's own time zone, from seconds since the epoch: `2026-03-01 14:05:09`; empty when unknown. */
export function formatTime(seconds: number, withSeconds = false): string {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return "";
  const day = `${date.getFullYear()}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`;
  const minute = `${twoDigits(date.getHours())}:${twoDigits(date.getMinutes())}`;
  return `${day} ${minute}${withSeconds ? `:${twoDigits(date.getSeconds())}` : ""}`;
}

/** Part of an address as text; what is no valid address stays as it is. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
