"""The parts of the written document, one module per noun: each turns an outcome into sections of blocks."""
