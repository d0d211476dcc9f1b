"""Other people's PDFs bound behind the pack, their tags merged, every page labelled and marked, and nothing hidden taken along."""
