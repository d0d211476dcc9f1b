"""Replies that were dropped in: letters, Word documents and reply forms, as words with a sender and a date. Nothing in them is ever run."""
