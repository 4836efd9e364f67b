/** Everything but Vega, the workspace, runs tables and the comparison: importing a module registers its custom element or wires its page. */
import "./console/element";
import "./files/element";
import "./lineage/element";
import "./media/element";
import "./pages/frame";
import "./pages/run";
import "./pages/runs";
import "./panels/element";
import "./shared";
