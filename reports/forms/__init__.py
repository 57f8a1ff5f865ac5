"""What a page is asked for in its address."""
