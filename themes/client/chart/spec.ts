/** The Vega specification of a line panel: real scales and axes, and one shape mark that draws every line on the plane. */
import type { Theme } from "../theme";

export interface SpecStyle {
  theme: Theme;
  /** x is a moment in ms */
  time: boolean;
  /** y is logarithmic */
  log: boolean;
  /** x is logarithmic, and no moment */
  logX: boolean;
}

const LABEL_SIZE = 11;

function axisStyle(theme: Theme): object {
  return {
    labelColor: theme.muted,
    labelFont: theme.font,
    labelFontSize: LABEL_SIZE,
    labelPadding: 5,
    domainColor: theme.line,
    tickColor: theme.line,
    tickSize: 4,
    gridColor: theme.line,
    zindex: 0,
  };
}

/** The name of the x axis: a metric that stands in for the step says which it is. */
function titleStyle(theme: Theme): object {
  return {
    title: { signal: "xTitle" },
    titleColor: theme.muted,
    titleFont: theme.font,
    titleFontSize: LABEL_SIZE,
    titleFontWeight: "normal",
    titleLimit: { signal: "width" },
    titlePadding: 3,
  };
}

function tickText(kind: string, step: string): object {
  return { labels: { update: { text: { signal: `tickLabel(datum.value, ${kind}, ${step})` } } } };
}

function axes({ theme, time }: SpecStyle): object[] {
  const x = { ...axisStyle(theme), ...titleStyle(theme), scale: "x", orient: "bottom", labelFlush: true, labelOverlap: true };
  const y = { ...axisStyle(theme), scale: "y", orient: "left", grid: true, domain: false, ticks: false };
  return [
    { ...y, values: { signal: "yTicks" }, encode: tickText("yKind", "yStep") },
    // Vega names moments better than we would: the parts of a date where they change.
    time
      ? { ...x, tickCount: { signal: "xCount" } }
      : { ...x, values: { signal: "xTicks" }, encode: tickText("xKind", "xStep") },
  ];
}

/** The signals that a plot sets, with a first value of the right shape. */
const SIGNALS = {
  xDomain: [0, 1],
  yDomain: [0, 1],
  xTicks: [],
  yTicks: [],
  xStep: 0,
  yStep: 0,
  xKind: "number",
  yKind: "number",
  xCount: 5,
  xTitle: "",
};

/** The specification; it depends on nothing but the style, so that panels of one style share what Vega makes of it. */
export function lineSpec(style: SpecStyle): object {
  return {
    $schema: "https://vega.github.io/schema/vega/v6.json",
    autosize: "none",
    background: null,
    signals: Object.entries(SIGNALS).map(([name, value]) => ({ name, value })),
    data: [{ name: "lines", values: [] }],
    scales: [
      {
        name: "x",
        type: style.time ? "time" : style.logX ? "log" : "linear",
        domain: { signal: "xDomain" },
        range: "width",
        zero: false,
        nice: false,
      },
      {
        name: "y",
        type: style.log ? "log" : "linear",
        domain: { signal: "yDomain" },
        range: "height",
        zero: false,
        nice: false,
      },
    ],
    projections: [
      {
        name: "plane",
        type: `plane${style.logX ? "-logx" : ""}${style.log ? "-logy" : ""}`,
        center: { signal: "xDomain" },
        translate: { signal: "yDomain" },
        ratio: { signal: "width" },
        distance: { signal: "height" },
      },
    ],
    axes: axes(style),
    marks: [
      {
        type: "shape",
        from: { data: "lines" },
        clip: true,
        interactive: false,
        encode: {
          update: {
            stroke: { field: "stroke" },
            strokeDash: { field: "dash" },
            strokeWidth: { field: "width" },
            strokeOpacity: { field: "opacity" },
            strokeJoin: { value: "round" },
            fill: { field: "fill" },
            fillOpacity: { field: "fillOpacity" },
          },
        },
        transform: [{ type: "geoshape", projection: "plane" }],
      },
    ],
  };
}
