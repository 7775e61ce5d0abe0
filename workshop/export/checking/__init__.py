"""The checker's parts. `workshop.export.checker` joins them to the one file that an outsider reads and runs.

They are written apart from `workshop.rules` on purpose: what is counted twice, in two ways, is checked. They use the
standard library only and nothing of the program.
"""
