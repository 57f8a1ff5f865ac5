"""`manage.py import_registers [PATH]`: load the public registers from CSV files."""

from functools import partial
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from tqdm import tqdm

from actors.actions.register import DEPENDS_ON, LOADERS, load_register_file
from actors.actions.register_load import Count, Outcome, RegisterError
from actors.rules.register_file import Problem

PACKAGED = Path(__file__).resolve().parents[2] / "data" / "register"


def show(bar: tqdm, done: int, total: int) -> None:
    """Move a progress bar to `done` of `total` rows."""
    bar.total = total
    bar.update(done - bar.n)


def count_text(count: Count) -> str:
    """One kind of row in words: how many in all, and what changed."""
    text = _("%(noun)s: %(created)d nye, %(changed)d endret, %(unchanged)d som før")
    if not count.created and not count.changed:
        text = _("%(noun)s: ingen endringer, %(unchanged)d som før")
    return text % vars(count)


class Command(BaseCommand):
    help = "Load fylker, embeter, kommuner, skoler and barnehager from the public registers."

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "path",
            nargs="?",
            type=Path,
            default=PACKAGED,
            help="a folder with the register files, or one of them (default: the packaged files)",
        )
        parser.add_argument(
            "--allow-closures",
            action="store_true",
            help="accept a file that sets an unlikely number of units out of operation",
        )

    def handle(self, *, path: Path, allow_closures: bool, **options) -> None:
        files = self.choose_files(path)
        self.allow_closures = allow_closures
        outcomes: list[Outcome] = []
        failed: list[str] = []
        for file, place in files.items():
            needed = DEPENDS_ON.get(file)
            if needed in failed:
                failed.append(file)
                self.stderr.write(
                    _("%(file)s: ikke lastet, fordi %(needed)s ikke ble lastet")
                    % {"file": file, "needed": needed}
                )
            elif outcome := self.load(file, place):
                outcomes.append(outcome)
            else:
                failed.append(file)
        self.conclude(outcomes, failed)

    def choose_files(self, path: Path) -> dict[str, Path]:
        """The files to load, in order: all in a folder, or the one that was named."""
        if path.is_dir():
            return {file: path / file for file in LOADERS}
        if path.is_file() and path.name in LOADERS:
            return {path.name: path}
        names = ", ".join(LOADERS)
        if path.is_file():
            raise CommandError(_("Ukjent registerfil. Filen må hete en av: %s") % names)
        raise CommandError(_("Finner ikke %s") % path)

    def load(self, file: str, place: Path) -> Outcome | None:
        """Load one file and print what happened; None when nothing of it was loaded."""
        try:
            content = place.read_bytes()
            # disable=None: tqdm shows the bar on a terminal only.
            with tqdm(desc=file, unit=" rader", disable=None, leave=False) as bar:
                outcome = load_register_file(
                    file=file,
                    content=content,
                    by=None,
                    now=timezone.now(),
                    allow_closures=self.allow_closures,
                    progress=partial(show, bar),
                )
        except OSError as error:
            self.report([Problem(file, None, _("kan ikke leses: %s") % error.strerror)])
            return None
        except RegisterError as rejected:
            self.report(rejected.problems)
            return None
        self.stdout.write(self.summary(outcome))
        for note in outcome.notes:
            self.stdout.write(f"  {note}")
        return outcome

    def report(self, problems: list[Problem]) -> None:
        """Print every problem, and that the file was left alone."""
        for problem in problems:
            self.stderr.write(str(problem))
        self.stderr.write(
            _("%(file)s: %(count)d feil, ingenting av filen er lastet")
            % {"file": problems[0].file, "count": len(problems)}
        )

    def summary(self, outcome: Outcome) -> str:
        """One line about a file that was loaded."""
        parts = [count_text(count) for count in outcome.counts]
        if outcome.closed:
            parts.append(_("%d er satt ut av drift") % outcome.closed)
        if outcome.left_out:
            text = ngettext(
                "%d rad er ikke i drift og er hoppet over",
                "%d rader er ikke i drift og er hoppet over",
                outcome.left_out,
            )
            parts.append(text % outcome.left_out)
        return f"{outcome.file}: {'; '.join(parts)}"

    def conclude(self, outcomes: list[Outcome], failed: list[str]) -> None:
        """Say what is and is not loaded; raises CommandError when something is not."""
        loaded = ", ".join(outcome.file for outcome in outcomes) or _("ingen filer")
        if failed:
            raise CommandError(
                _("Lastet: %(loaded)s. Ikke lastet: %(failed)s.")
                % {"loaded": loaded, "failed": ", ".join(failed)}
            )
        if any(outcome.is_change for outcome in outcomes):
            self.stdout.write(self.style.SUCCESS(_("Ferdig. Lastet: %s.") % loaded))
        else:
            self.stdout.write(self.style.SUCCESS(_("Ferdig. Registrene var oppdatert fra før.")))
