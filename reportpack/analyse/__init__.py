"""Series in, findings out. Pure arithmetic."""
