"""What other programs make of a page source, for bench.pages."""
