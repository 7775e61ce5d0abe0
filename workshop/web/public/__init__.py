"""Pages without login: the public record."""
