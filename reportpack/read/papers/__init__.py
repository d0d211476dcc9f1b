"""Papers by others: what is in their files, and Word and Excel turned into PDF."""
