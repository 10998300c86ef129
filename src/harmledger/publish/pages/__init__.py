"""One module a kind of page. ``render_*`` takes a catalogue and gives HTML; nothing is written."""
