"""What the browser loads: scripts, styles, fonts and texts, small and under versioned addresses."""
