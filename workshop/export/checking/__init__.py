"""The checker's parts. `workshop.export.checker` joins them to the one file that an outsider reads and runs.

They are written independently of `workshop.rules`, so that a fault in one of the two shows as a difference. They use the
standard library only and nothing else of this package.
"""
