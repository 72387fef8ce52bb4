"""Random gestures on a small country, and the proof after each that the store says what the portal would say."""
