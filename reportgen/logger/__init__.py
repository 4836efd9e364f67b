"""Stage 1, inside somebody's training: small, fast and silent. Writes run logs as `reportgen.schema` names them."""
