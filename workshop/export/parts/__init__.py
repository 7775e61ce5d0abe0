"""The parts of the written document, one module for each noun. Each makes sections of blocks from an outcome."""
