"""The logo as SVG, for documents that contain their pictures: a round table with eight seats, one of them in another colour."""

from __future__ import annotations

MARK = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48"><circle cx="24" cy="24" r="13.5" fill="#112122"/>'
    '<g fill="none" stroke="#112122" stroke-width="4">'
    '<path d="M19.80 5.06A19.4 19.4 0 0 1 28.20 5.06"/><path d="M42.94 19.80A19.4 19.4 0 0 1 42.94 28.20"/>'
    '<path d="M40.36 34.42A19.4 19.4 0 0 1 34.42 40.36"/><path d="M28.20 42.94A19.4 19.4 0 0 1 19.80 42.94"/>'
    '<path d="M13.58 40.36A19.4 19.4 0 0 1 7.64 34.42"/><path d="M5.06 28.20A19.4 19.4 0 0 1 5.06 19.80"/>'
    '<path d="M7.64 13.58A19.4 19.4 0 0 1 13.58 7.64"/></g>'
    '<path d="M35.92 5.99A21.6 21.6 0 0 1 42.01 12.08" fill="none" stroke="#f0b13f" stroke-width="4"/></svg>'
)
