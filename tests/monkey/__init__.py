"""A monkey at the window: seeded, replayable, and watched for everything that must never happen."""
