"""Stage 6: pages and datasets become files of a site."""
