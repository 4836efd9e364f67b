"""Names of foreign trackers over our own run logs, one folder for each tracker."""
