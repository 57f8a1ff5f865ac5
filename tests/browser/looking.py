"""What axe finds on a page, and the memory of what it has looked at already."""

from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page

AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
LOOK = Path(__file__).with_name("blocks.js").read_text(encoding="utf-8")
RUN = """([tags, known]) => axe.run(
    {include: [document], exclude: known.map(number => window.__blocks[number])},
    {runOnly: tags, resultTypes: ["violations"], preload: false},
).then(result => result.violations)"""


def violations(page: Page, axe_source: str, known: list[int] | None = None) -> list[str]:
    """What axe finds on the page as it is: one line of text for each element and rule.

    The blocks with the numbers `known` are left out.
    """
    page.evaluate(axe_source)
    found = page.evaluate(RUN, [AXE_TAGS, known or []])
    return [
        f"{violation['id']}: {node['html'][:160]}"
        for violation in found
        for node in violation["nodes"]
    ]


@dataclass
class Memory:
    """The blocks of pages that axe has looked at, each at a width and in light or dark colours.

    A block that stood at the same place in the same elements on an earlier page is not looked at
    again; the rest of its page is, by every rule.
    """

    axe_source: str
    seen: set[str] = field(default_factory=set)

    def problems(self, page: Page) -> list[str]:
        """What is wrong with the page that has come: the policy, its width, its ids, and axe."""
        page.wait_for_load_state()  # a click ends when the answer begins
        looked = page.evaluate(LOOK)
        found = [f"policy: {each}" for each in looked["broken"]]
        found += [
            f"two elements have the id that another refers to: {id}" for id in looked["twice"]
        ]
        if looked["wide"] is not None:
            found.append(f"needs sideways scrolling: {looked['wide'][:160]}")
        known = self._known(looked["keys"], looked["around"])
        return found if known == [0] else found + violations(page, self.axe_source, known)

    def _known(self, keys: list[str], around: list[int]) -> list[int]:
        """The outermost blocks that are known with all that is in them, now all seen."""
        known = [key in self.seen for key in keys]
        for number in range(len(keys) - 1, 0, -1):
            known[around[number]] &= known[number]
        self.seen.update(keys)
        return [
            number
            for number, outer in enumerate(around)
            if known[number] and not (number and known[outer])
        ]
