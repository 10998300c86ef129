"""What the commands print. ``render_*`` gives JSON-ready values, ``print_*`` writes for people.

Nothing is said by colour alone: every mark is a word or a sign as well.
"""
