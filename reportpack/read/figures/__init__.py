"""The force's workbooks: from a grid of cells to figures with their measure, area and period."""
