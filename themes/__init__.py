"""The visual identity: tokens, one variant per cycle, components, base templates."""
