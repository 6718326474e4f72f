"""Installs what the peers need and builds them; says of each that could not be had why."""
import os
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[3]
BUILD = ROOT / "build/bench"
GO_PROGRAM = BUILD / "peer_go"
RUST_PROGRAM = BUILD / "rust/release/bench_peer_rust"
JAVA_CLASSES = BUILD / "java"
DISRUPTOR = pathlib.Path("/usr/share/java/disruptor.jar")
PEERS = ROOT / "tools/bench/peers"
# Debian's own compilers before any others.
DEBIAN = {**os.environ, "PATH": f"/usr/bin:{os.environ.get('PATH', '')}"}


class Unavailable(Exception):
    """A sentence that says why a peer cannot be had."""


def say(text):
    print(f"compare: {text}", file=sys.stderr)


def gomaxprocs_doubled():
    return {"GOMAXPROCS": str(2 * len(cores()))}


def cores():
    """The two processors that every program is given."""
    return sorted(os.sched_getaffinity(0))[:2]


def run(what, command, **more):
    done = subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **more)
    if done.returncode != 0:
        raise Unavailable(f"{what} failed: {done.stdout.strip()[-600:] or 'without a word'}")
    return done.stdout


def installed(package):
    asked = subprocess.run(["dpkg-query", "-W", "-f=${db:Status-Abbrev}", package], capture_output=True, text=True)
    return asked.stdout.startswith("ii")


def install(*packages):
    missing = [package for package in packages if not installed(package)]
    if not missing:
        return
    as_root = [] if os.geteuid() == 0 else ["sudo"]
    if shutil.which("apt-get") is None or (as_root and shutil.which("sudo") is None):
        raise Unavailable(f"{' '.join(missing)} missing, and neither apt-get as root nor sudo is at hand")
    say(f"installing {' '.join(missing)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    wait = ["-o", "DPkg::Lock::Timeout=300"]
    run("apt-get update", [*as_root, "apt-get", *wait, "update", "-qq"])
    run(f"installing {' '.join(missing)}",
        [*as_root, "apt-get", *wait, "install", "-y", "-qq", "--no-install-recommends", *missing], env=environment)


def configure():
    run("cmake", ["cmake", "--preset", "release"], cwd=ROOT)


def target(name):
    run(f"building {name}", ["cmake", "--build", "--preset", "release", "--target", name], cwd=ROOT)


def moodycamel():
    install("libconcurrentqueue-dev")
    configure()
    target("bench_peer_moodycamel")


def go():
    install("golang-go")
    run("go build", ["go", "build", "-o", GO_PROGRAM, "."], cwd=PEERS / "go",
        env={**DEBIAN, "GOCACHE": str(BUILD / "go_cache"), "GOFLAGS": ""})


def rust():
    install("cargo", "rustc", "librust-tokio-dev", "librust-libc-dev")
    run("cargo build", ["cargo", "build", "--release", "--offline"], cwd=PEERS / "rust",
        env={**DEBIAN, "CARGO_TARGET_DIR": str(BUILD / "rust"), "CARGO_HOME": str(BUILD / "cargo_home")})


def java():
    install("default-jdk-headless", "libdisruptor-java")
    run("javac", ["javac", "-cp", DISRUPTOR, "-d", JAVA_CLASSES, *sorted((PEERS / "java").glob("*.java"))], env=DEBIAN)


def cairn(kind):
    def available():
        program = ROOT / "build/release/tools/cairn"
        asked = subprocess.run([program, "bench", kind, "--help"], capture_output=True, text=True)
        # A build that does not know the subcommand answers with its general help.
        if asked.returncode != 0 or "--schedule" not in asked.stdout:
            raise Unavailable(f"this build of cairn has no 'cairn bench {kind}'")
    return available


BUILDS = {
    "cairn bus": cairn("bus"),
    "cairn mailbox": cairn("mailbox"),
    "bare": lambda: target("bench_peer_bare"),
    "moodycamel": moodycamel,
    "boost_lockfree": lambda: target("bench_peer_boost_lockfree"),
    "caf": lambda: target("bench_peer_caf"),
    "go": go,
    "rust": rust,
    "java": java,
}


def prepare():
    """Builds all; returns what is skipped, and why."""
    BUILD.mkdir(parents=True, exist_ok=True)
    subprocess.run([ROOT / "tools/setup", "release"], check=True, stdout=sys.stderr)
    target("bench_workload")
    target("bench_noise")
    skipped = {}
    for peer, build in BUILDS.items():
        say(f"building {peer}")
        try:
            build()
        except Unavailable as unavailable:
            skipped[peer] = str(unavailable)
            say(f"{peer} cannot be had: {unavailable}")
    return skipped


def versions():
    """Of everything that is compared, one line each."""
    commands = {
        "compiler": ["c++", "--version"], "Go": ["go", "version"], "Java": ["java", "--version"],
        "Rust": ["rustc", "--version"],
        "packages": ["dpkg-query", "-W", "-f=${Package} ${Version}; ", "libcaf-dev", "libconcurrentqueue-dev",
                     "libboost1.81-dev", "libdisruptor-java", "librust-tokio-dev", "libjemalloc2"],
    }
    told = {}
    for name, command in commands.items():
        try:
            told[name] = subprocess.run(command, capture_output=True, text=True, env=DEBIAN).stdout.strip().split("\n")[0]
        except OSError:
            told[name] = "not installed"
    return told
