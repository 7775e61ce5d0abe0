"""The public page of what was promised: where it stands, item by item, with plots, feeds and calendars.

Everything here is made from an `Outcome` and the record of `screens.follow_up`, so that page, feeds, calendar and
`status.json` cannot disagree.
"""
