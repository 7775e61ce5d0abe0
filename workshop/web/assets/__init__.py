"""What the browser loads: scripts, styles, fonts and texts, made small and served at versioned addresses."""
