"""A page source as a Word document: the same words in the same order, to be typed in. The same page source gives the same bytes."""
