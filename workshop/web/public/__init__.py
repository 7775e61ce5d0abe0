"""Pages without login: the public record, its feeds and calendars, and subscriptions by mail."""
