"""The demo: fictional kommuner that take part in three puljer, the same for the same date.

Everything is made up. No kommune, unit or person here exists, and no text is about anybody.
`build.build_demo` is the door; the order of the modules is that of the building: plan and names,
places, people, puljer, schedule, meetings, papers, records, duties.
"""
