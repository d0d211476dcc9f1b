"""What a person releases, and how it reaches people: once each."""
