#!/usr/bin/env python3
"""One door for people who build MTSS Desktop. `python3 dev.py` lists what it can do.

Standard library only, on Windows, macOS and Linux. Every verb first makes or updates `.venv` beside this file.
The syntax stays plain enough for an old Python to read, so that it can be refused with a sentence.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PINS = ROOT / "requirements" / "developers.txt"
BUILD_PINS = ROOT / "requirements" / "build.txt"
DEMO = ROOT / "demo"
OLDEST = (3, 11)
THIS = "{}.{}".format(*sys.version_info)

# What the Qt wheel links to and brings along nowhere, by Debian's names (Ubuntu's are the same).
QT_PACKAGES = (
    "libcups2 libdbus-1-3 libegl1 libfontconfig1 libfreetype6 libgl1 libglib2.0-0 libgssapi-krb5-2 libwayland-client0 "
    "libwayland-cursor0 libwayland-egl1 libx11-xcb1 libxcb-cursor0 libxcb-glx0 libxcb-icccm4 libxcb-image0 "
    "libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-render0 libxcb-shape0 libxcb-shm0 libxcb-sync1 "
    "libxcb-util1 libxcb-xfixes0 libxcb-xkb1 libxkbcommon-x11-0 libxkbcommon0"
)
QT_FILES = (
    "lib/libQt6DBus.so.6",
    "lib/libQt6Network.so.6",
    "lib/libQt6PrintSupport.so.6",
    "lib/libQt6Svg.so.6",
    "lib/libQt6Test.so.6",
    "plugins/platforms/libqoffscreen.so",
    "plugins/platforms/libqwayland.so",
    "plugins/platforms/libqxcb.so",
    "plugins/printsupport/libcupsprintersupport.so",
    "plugins/xcbglintegrations/libqxcb-glx-integration.so",
)


class Stop(Exception):
    """The sentence says what is missing and what to do."""


# --- setting up -------------------------------------------------------------------------------------------------------


def python() -> Path:
    """The interpreter inside `.venv`."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def set_up() -> None:
    """Make or update `.venv`, the packages in it, and on Linux the libraries that Qt needs from the system."""
    if not PINS.is_file():
        raise Stop(f"This folder has no {PINS.relative_to(ROOT)}; dev.py runs in a whole checkout.")
    make_venv()
    once("packages", fingerprint(PINS), install_packages)
    once("project", fingerprint(PINS, ROOT / "pyproject.toml"), install_project)
    if sys.platform.startswith("linux"):
        once("libraries", fingerprint(PINS), check_libraries)


def make_venv() -> None:
    """A virtual environment of the running Python; one of another Python, or a broken one, is made anew."""
    same = f"import sys; sys.exit(sys.version_info[:2] != {sys.version_info[:2]!r})"
    if python().is_file() and subprocess.call([str(python()), "-c", same], stderr=subprocess.DEVNULL) == 0:
        return
    need_venv_module()
    say(f"Making .venv with Python {THIS}.")
    import venv

    venv.EnvBuilder(with_pip=True, clear=True).create(str(VENV))


def need_venv_module() -> None:
    """Debian ships Python without the part that makes virtual environments."""
    try:
        import ensurepip  # noqa: F401
    except ImportError:
        package = f"python{THIS}-venv"
        if not apt_install([package]):
            raise Stop(
                f"This Python cannot make virtual environments. Run: sudo apt-get install -y {package}"
            ) from None


def once(step: str, fingerprint_now: str, work) -> None:
    """Do `work` unless it was already done for the same files."""
    stamp = VENV / ("done-" + step)
    if stamp.is_file() and stamp.read_text(encoding="ascii") == fingerprint_now:
        return
    work()
    stamp.write_text(fingerprint_now, encoding="ascii")


def fingerprint(*files: Path) -> str:
    """One hash over the contents of `files`, whatever line endings the checkout has."""
    content = b"\0".join(file.read_bytes().replace(b"\r\n", b"\n") for file in files)
    return hashlib.sha256(content).hexdigest()


def install_packages() -> None:
    """Exactly the pinned versions, each checked against its hash."""
    say("Installing the pinned packages into .venv (once; a few minutes on a slow line).")
    pip("install", "--require-hashes", "-r", str(PINS))


def install_project() -> None:
    """The project itself, editable; what builds it is among the pinned packages."""
    pip("install", "--no-deps", "--no-build-isolation", "--editable", str(ROOT))


def pip(*arguments: str) -> None:
    """pip of `.venv`, with whatever configuration this machine has."""
    call = [str(python()), "-m", "pip", "--disable-pip-version-check", "-qq"]
    if subprocess.call([*call, *arguments], cwd=str(ROOT), env=environment(PIP_ROOT_USER_ACTION="ignore")) != 0:
        raise Stop(
            "pip could not install what is needed; its message is above. Run the same command again once it is mended."
        )


def check_libraries() -> None:
    """Qt's few system libraries: installed here when this is root on Debian or Ubuntu, otherwise named."""
    missing = missing_libraries()
    if not missing:
        return
    say("Qt misses {}.".format(", ".join(missing)))
    if apt_install(QT_PACKAGES.split()):
        missing = missing_libraries()
    if missing:
        raise Stop(how_to_install(missing))


def missing_libraries() -> list:
    """File names of libraries that Qt's own files link to and this system lacks."""
    if not shutil.which("ldd"):
        return []
    packages = subprocess.check_output([str(python()), "-c", "import PySide6; print(PySide6.__path__[0])"])
    qt = Path(packages.decode().strip()) / "Qt"
    present = [str(qt / name) for name in QT_FILES if (qt / name).is_file()]
    answer = subprocess.run(["ldd", *present], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    return missing_in(answer.stdout.decode(errors="replace"))


def missing_in(ldd_output: str) -> list:
    """The names before `=> not found`, sorted."""
    return sorted(set(re.findall(r"^\s*(\S+) => not found", ldd_output, re.MULTILINE)))


def how_to_install(missing: list) -> str:
    """One sentence and one command for the package manager of this system."""
    if shutil.which("apt-get"):
        command = "sudo apt-get install -y " + QT_PACKAGES
    elif shutil.which("dnf") or shutil.which("zypper"):
        tool = "dnf" if shutil.which("dnf") else "zypper"
        command = "sudo {} install {}".format(tool, " ".join(f"'{name}()(64bit)'" for name in missing))
    else:
        return "Qt needs these libraries; install the packages that hold them: {}".format(" ".join(missing))
    return f"Qt needs a few libraries of the system. Run: {command}"


def apt_install(packages: list) -> bool:
    """True when this is root with apt-get and the packages went in."""
    if not (hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get")):
        return False
    say("Installing from the system's packages: {}".format(" ".join(packages)))
    quiet = environment(DEBIAN_FRONTEND="noninteractive")
    for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *packages]):
        if subprocess.call(["apt-get", *command], env=quiet, stdout=subprocess.DEVNULL) != 0:
            return False
    return True


# --- running things ---------------------------------------------------------------------------------------------------


def environment(**more: str) -> dict:
    """This process's environment with a few variables added; output in UTF-8 wherever it goes."""
    return dict(os.environ, PYTHONUTF8="1", **more)


def has_screen() -> bool:
    """Whether a window can be shown here."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def run_python(*arguments: str, offscreen: bool = False) -> int:
    """Run the interpreter of `.venv` in the checkout; returns its exit code."""
    more = {} if not offscreen or "QT_QPA_PLATFORM" in os.environ else {"QT_QPA_PLATFORM": "offscreen"}
    return subprocess.call([str(python()), *arguments], cwd=str(ROOT), env=environment(**more))


def say(sentence: str) -> None:
    print(sentence, flush=True)


# --- verbs ------------------------------------------------------------------------------------------------------------


def run(arguments: list) -> int:
    """open the window"""
    if not has_screen():
        raise Stop(
            "There is no screen here, so the window cannot be opened. On Linux, DISPLAY or WAYLAND_DISPLAY names one."
        )
    return run_python("-m", "mtss_desktop", *arguments)


def demo(arguments: list) -> int:
    """make the sample division and three papers in demo/, then open the window on it"""
    code = run_python("-m", "mtss_desktop", "demo", "--out", "demo", *arguments)
    if code != 0:
        return code
    papers = ", ".join(sorted("demo/" + paper.name for paper in DEMO.glob("*.pdf")))
    if not has_screen():
        say(f"There is no screen here, so no window was opened. The papers: {papers}.")
        return 0
    say(f"Opening the window. The papers: {papers}.")
    return run_python("-m", "mtss_desktop", "--open", str(DEMO / "ashby-county.mtss"))


CHECKS = (
    ("lint", ("-m", "ruff", "check", "--output-format", "concise", ".")),
    ("format", ("-m", "ruff", "format", "--check", "--output-format", "concise", ".")),
    ("types", ("-m", "mypy", "--strict", "src")),
    ("contract", ("-c", "import sys; from importlinter.cli import lint_imports_command as c; sys.exit(c())")),
)


def check(arguments: list) -> int:
    """lint, types and the import contract"""
    refuse_arguments("check", arguments)
    failed = failed_checks()
    say("Failed: {}.".format(", ".join(failed)) if failed else "Lint, types and contract: all in order.")
    return 1 if failed else 0


def failed_checks() -> list:
    """Names of the checks that found something; only those print."""
    failed = []
    for name, command in CHECKS:
        answer = subprocess.run(
            [str(python()), *command],
            cwd=str(ROOT),
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        say(f"{name:9} {'ok' if answer.returncode == 0 else 'FAILED'}")
        if answer.returncode != 0:
            failed.append(name)
            say(answer.stdout.decode("utf-8", errors="replace"))
    return failed


def test(arguments: list) -> int:
    """everything CI runs: lint, types, contract, tests (more arguments go to pytest)"""
    required = "--require-server" in arguments or os.environ.get("CI", "").lower() in ("1", "true")
    rest = [argument for argument in arguments if argument != "--require-server"]
    server_line = about_server(required)
    failed = failed_checks()
    say(server_line)
    workers = [] if rest or (os.cpu_count() or 1) < 2 else ["-n", "2", "--dist", "worksteal"]
    if failed:
        say("Failed before the tests: {}. The tests run all the same.".format(", ".join(failed)))
    code = run_python("-m", "pytest", *workers, *rest, offscreen=True)
    return code or (1 if failed else 0)


def about_server(required: bool) -> str:
    """One sentence on the PostgreSQL tests; a server that is required and not there ends the run."""
    address = os.environ.get("MTSS_TEST_POSTGRES")
    if not address:
        if required:
            raise Stop("The PostgreSQL tests are required here, and MTSS_TEST_POSTGRES names no server.")
        return "MTSS_TEST_POSTGRES names no server: the PostgreSQL tests are skipped."
    probe = "import os, psycopg; psycopg.connect(os.environ['MTSS_TEST_POSTGRES'], connect_timeout=10).close()"
    if subprocess.call([str(python()), "-c", probe], env=environment(), stderr=subprocess.DEVNULL) != 0:
        raise Stop("The PostgreSQL server that MTSS_TEST_POSTGRES names does not answer.")
    return "The PostgreSQL tests run on the server that MTSS_TEST_POSTGRES names."


def shots(arguments: list) -> int:
    """a picture of every screen in every theme, in shots/"""
    return run_python("-m", "tests.shots", *arguments, offscreen=True)


def bench(arguments: list) -> int:
    """speed and memory against the goals (--json for machines)"""
    return run_python("-m", "tests.bench", *arguments, offscreen=True)


def faults(arguments: list) -> int:
    """the long sweep of kills, full disks and damaged files"""
    return run_python("-m", "tests.faults", *arguments, offscreen=True)


def audit(arguments: list) -> int:
    """names, contrast, keys, cut and crowded parts of every screen"""
    return run_python("-m", "tests.audit", *arguments, offscreen=True)


def monkey(arguments: list) -> int:
    """random clicks and keys on the window"""
    return run_python("-m", "tests.monkey", *arguments, offscreen=True)


def fonts(arguments: list) -> int:
    """cut the shipped fonts from their variable originals"""
    return run_python(str(ROOT / "resources" / "fonts" / "cut_fonts.py"), *arguments)


def build(arguments: list) -> int:
    """an installable folder of the program in dist/ (PyInstaller)"""
    once("build", fingerprint(BUILD_PINS), lambda: pip("install", "--require-hashes", "-r", str(BUILD_PINS)))
    spec = str(ROOT / "installer" / "mtss-desktop.spec")
    places = ["--distpath", str(ROOT / "dist"), "--workpath", str(ROOT / "build")]
    return run_python("-m", "PyInstaller", "--noconfirm", *places, *arguments, spec)


def refuse_arguments(verb: str, arguments: list) -> None:
    if arguments:
        raise Stop(f"dev.py {verb} takes no arguments.")


VERBS = (run, demo, test, check, shots, bench, faults, audit, monkey, fonts, build)


def overview() -> str:
    """What `dev.py` alone prints."""
    return "\n".join(["python3 dev.py VERB", "", *(f"  {verb.__name__:7} {verb.__doc__}" for verb in VERBS)])


def main(arguments: list) -> int:
    if sys.version_info < OLDEST:
        print(f"MTSS Desktop needs Python 3.11 or newer; this is Python {THIS}.", file=sys.stderr)
        return 2
    verbs = {verb.__name__: verb for verb in VERBS}
    if not arguments or arguments[0] not in verbs:
        print(overview())
        return 0 if not arguments or arguments[0] in ("-h", "--help", "help") else 2
    try:
        set_up()
        return verbs[arguments[0]](arguments[1:])
    except Stop as stop:
        print(stop, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
