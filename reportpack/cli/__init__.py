"""The door: the only room that prints, prompts, exits or reads a clock."""

import gc

gc.set_threshold(1_000_000, 50, 50)  # a run is short and makes few cycles: collecting rarely saves a tenth of its time
