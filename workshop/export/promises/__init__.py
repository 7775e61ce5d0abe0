"""The follow-up on the public page: the state of each item, with plots, feeds and calendars.

Everything here is made from an `Outcome` and the record of `screens.follow_up`, so that page, feeds, calendar and
`status.json` have the same content.
"""
