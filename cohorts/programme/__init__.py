"""Programmes as data: schema, loader and typed view. Pure: no database, no clock.

Start at `cohorts.programme.definition`.
"""
