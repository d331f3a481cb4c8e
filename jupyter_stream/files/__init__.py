"""Files to chunks and back: split, assemble, sinks, watched directories."""
