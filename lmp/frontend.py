"""Copy what is served from the installed front-end packages to ``static/vendor/``.

Run at set-up, after ``npm ci``: ``python -m lmp.frontend``. Nothing of it is committed. Templates
and CSS name these addresses and no others::

    vendor/designsystemet/index.css        @digdir/designsystemet-css
    vendor/designsystemet-web/index.js     @digdir/designsystemet-web (UMD: one file, no bundler)
    vendor/htmx/htmx.min.js                htmx.org
    vendor/inter/*.woff2                   @fontsource-variable/inter, latin and latin-ext
    vendor/lexend/*.woff2                  @fontsource-variable/lexend, latin and latin-ext
    vendor/<package>/LICENSE               the licence of each
"""

import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# folder below static/vendor/ -> (package, files inside it)
SERVED = {
    "designsystemet": ("@digdir/designsystemet-css", ["dist/src/index.css"]),
    "designsystemet-web": ("@digdir/designsystemet-web", ["dist/umd/index.js"]),
    "htmx": ("htmx.org", ["dist/htmx.min.js"]),
    "inter": ("@fontsource-variable/inter", ["files/inter-latin*-wght-normal.woff2"]),
    "lexend": ("@fontsource-variable/lexend", ["files/lexend-latin*-wght-normal.woff2"]),
}
SOURCE_MAP = re.compile(rb"\n?(//|/\*)# sourceMappingURL=[^\n]*\n?")


def copy_file(source: Path, target: Path) -> None:
    """Copy ``source``, without the line that names a source map we do not serve."""
    data = source.read_bytes()
    if source.suffix in {".css", ".js"}:
        data = SOURCE_MAP.sub(b"\n", data)
    target.write_bytes(data)


def copy_packages(node_modules: Path, vendor: Path) -> int:
    """Fill ``vendor`` from ``node_modules``; return how many files were copied.

    Raises FileNotFoundError naming the package and file that is missing.
    """
    shutil.rmtree(vendor, ignore_errors=True)
    count = 0
    for folder, (package, patterns) in SERVED.items():
        target = vendor / folder
        target.mkdir(parents=True)
        for pattern in [*patterns, "LICENSE*"]:
            found = sorted((node_modules / package).glob(pattern))
            if not found and pattern in patterns:
                raise FileNotFoundError(f"{package}: {pattern} is not there. Run: make setup")
            for source in found:
                copy_file(source, target / source.name)
                count += 1
    return count


if __name__ == "__main__":
    copied = copy_packages(ROOT / "node_modules", ROOT / "static" / "vendor")
    sys.stdout.write(f"static/vendor: {copied} files\n")
