"""The official table back, for people in Excel and browsers: one neutral document, a room a medium."""
