"""Examples made by hypothesis may take as long as a busy machine needs: the laws are about results, not about time."""

from hypothesis import settings

settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")
