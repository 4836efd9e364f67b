/** Everything but Vega: importing a module registers its custom element or wires its page. */
import "./panels/element";
import "./pages/frame";
import "./pages/run";
import "./pages/runs";
