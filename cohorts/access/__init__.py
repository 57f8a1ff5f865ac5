"""Who may do what: one module a noun."""
