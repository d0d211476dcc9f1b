"""The second door, a page in the browser of this machine: it reads clocks, calls the verbs of `run/`, shows their answers, and keeps no truth of its own."""
