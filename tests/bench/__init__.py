"""Speed and memory, measured side by side in one run. Never part of the tests: figures depend on the machine."""
