"""What the notes leave open, as questions to the note taker; nothing is answered for them."""
