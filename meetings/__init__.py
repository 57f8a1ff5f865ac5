"""WHEN: meetings of every kind and their papers."""
