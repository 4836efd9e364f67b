/** The page of all runs: it is its table. */
import "../table/element";
