"""WHAT: programmes as data, puljer, semesters, recruitment, deltakelse."""
