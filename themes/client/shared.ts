/**
 * The modules of reportgen.js that a script beside it may use, by their paths. workspace.js, table.js and compare.js import them as any module does;
 * build.mjs sees to it that they get these and bring no second copy, which would have a state of its own.
 */
import * as allRuns from "./all_runs";
import * as crosshair from "./chart/crosshair";
import * as groups from "./chart/groups";
import * as swatch from "./chart/swatch";
import * as clipboard from "./clipboard";
import * as colour from "./colour";
import * as data from "./data";
import * as elements from "./elements";
import * as errors from "./errors";
import * as format from "./format";
import * as icons from "./icons";
import * as media from "./media/element";
import * as bandNames from "./panels/band_names";
import * as files from "./panels/export";
import * as frame from "./panels/frame";
import * as groupLines from "./panels/group_lines";
import * as menu from "./panels/menu";
import * as registry from "./panels/registry";
import * as runView from "./panels/run_view";
import * as settings from "./panels/settings";
import * as runs from "./runs";
import * as store from "./store";

const SHARED = {
  all_runs: allRuns,
  "chart/crosshair": crosshair,
  "chart/groups": groups,
  "chart/swatch": swatch,
  clipboard,
  colour,
  data,
  elements,
  errors,
  format,
  icons,
  "media/element": media,
  "panels/band_names": bandNames,
  "panels/export": files,
  "panels/frame": frame,
  "panels/group_lines": groupLines,
  "panels/menu": menu,
  "panels/registry": registry,
  "panels/run_view": runView,
  "panels/settings": settings,
  runs,
  store,
};

if (window.reportgen) window.reportgen.shared = SHARED;
