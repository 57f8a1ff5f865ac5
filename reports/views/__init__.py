"""The pages: fetch as the person may see it, and show."""
