"""The rules by which a room decides: pure functions on plain values, nothing but the standard library
(docs/rules.md).
"""
