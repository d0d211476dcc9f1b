"""Between meetings: what falls due by a day, the machine's own timer, and the replies that come back."""
