/** Kinds of panels whose code is a script of its own: the frame stands at once, the script comes when the panel is near. */
import { hideTooltip, showPairs } from "../chart/tooltip";
import { inTurn, outOfTurn } from "../chart/frames";
import { lit } from "../chart/crosshair";
import { column, kindsLibrary, load, pageUrl, vegaLibrary } from "../data";
import { element } from "../elements";
import { inWords } from "../errors";
import { allRuns } from "../all_runs";
import { onScheme, theme } from "../theme";
import type { KindsPanel } from "../types";
import { download, fileName } from "./export";
import { exportItems } from "./export_items";
import { type Frame, createFrame } from "./frame";
import type { MenuItem } from "./menu";
import type { PanelContext } from "./registry";
import { dressedSpec, showValue, vegaConfig } from "./vega";
import { whenNear } from "./visibility";

/** What has state, or is here already: the script of the kinds must not bring its own. */
const tools = {
  column,
  dressedSpec,
  download,
  exportItems,
  fileName,
  hideTooltip,
  inTurn,
  lit,
  load,
  onScheme,
  outOfTurn,
  pageUrl,
  showPairs,
  showValue,
  theme,
  vegaConfig,
  vegaLibrary,
};
export type PanelTools = typeof tools;

/** A panel of these kinds while it is near. */
export interface KindView {
  menu: () => MenuItem[];
  release: () => void;
}

/** Where a panel is drawn; `head` is room for controls beside the title. */
export interface KindPlace {
  frame: Frame;
  head: HTMLElement;
  title: string;
  context: PanelContext;
  tools: PanelTools;
}

const HEIGHT = 240;

/** Puts a panel of such a kind into a host; `keys` says what the keyboard does in it. */
export function latePanel(host: HTMLElement, panel: KindsPanel, title: string, context: PanelContext, keys: string): () => void {
  let view: KindView | null = null;
  const head = element("span", { class: "panel-controls" });
  const frame = createFrame(host, { title, height: panel.height ?? HEIGHT, legend: null, tools: [head], menu: () => view?.menu() ?? [], keys });
  frame.root.classList.add(`panel-${panel.kind}`);
  return whenNear(host, () => {
    let released = false;
    // A large project has come without most of its columns so far.
    Promise.all([kindsLibrary(), panel.kind === "text" ? null : allRuns(context.index)]).then(
      ([{ show }]) => {
        if (!released) view = show({ frame, head, title, context, tools }, panel);
      },
      (error: unknown) => frame.message(inWords(error)),
    );
    return {
      release() {
        released = true;
        view?.release();
        view = null;
        head.replaceChildren();
      },
    };
  });
}
