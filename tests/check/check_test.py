#!/usr/bin/env python3
"""Goal: tools/check still sees what it is there to see. Each test plants one violation in a small clean tree.

It breaks: every rule, one at a time. Planted words are put together here, so that tools/check does not find them in
this file.
"""
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
RING = """// A ring of one.
#pragma once
#include <atomic>

struct Ring {
  // release [tail]: makes the cell visible.
  void publish() { tail_.store(1, std::memory_order_release); }
  // acquire [tail]: the cell was written before.
  bool has() const { return tail_.load(std::memory_order_acquire) != 0; }

  std::atomic<int> tail_{0};
};
"""
CLEAN = {
    "README.md": "# A tree\n\n`bus/` has [rings](bus/ring.hpp).\n",
    "bus/README.md": "# bus\n\n`ring.hpp`, `core.*`\n",
    "bus/ring.hpp": RING,
    "bus/core.hpp": "#pragma once\n\nint turn();\n",
    "bus/core.cpp": '#include "bus/core.hpp"\n\n#include "bus/ring.hpp"\n\nint turn() { return 0; }\n',
    "bus/result.hpp": "#pragma once\n",
    "config/README.md": "# config\n",
    "actors/README.md": "# actors\n",
    "actors/messages/command.hpp": "#pragma once\n",
    "actors/puzzle.hpp": "#pragma once\n",
    "net/README.md": "# net\n",
    "tests/README.md": "# tests\n",
    "tools/README.md": "# tools\n",
}


class PlantedTree(unittest.TestCase):
    def setUp(self):
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="cairn-check-"))
        self.addCleanup(shutil.rmtree, self.root)
        for settings in (".clang-format", ".clang-tidy"):
            shutil.copy(ROOT / settings, self.root)
        for file, text in CLEAN.items():
            self.write(file, text)

    def write(self, file, text):
        (self.root / file).parent.mkdir(parents=True, exist_ok=True)
        (self.root / file).write_text(text, encoding="utf-8")

    def check(self, *options):
        return subprocess.run([sys.executable, ROOT / "tools/check", "--root", self.root, *options], text=True,
                              capture_output=True, check=False)

    def assert_found(self, *expected, options=("--no-tidy",)):
        """Exactly these findings, each by how its line begins."""
        run = self.check(*options)
        found = run.stdout.splitlines()
        self.assertEqual(len(found), len(expected), run.stdout + run.stderr)
        for line, start in zip(found, sorted(expected)):
            self.assertTrue(line.startswith(start), f"{line!r} does not begin with {start!r}")
        self.assertEqual(run.returncode, 1 if expected else 0)


class CheckTest(PlantedTree):
    def test_a_clean_tree_is_clean(self):
        self.assert_found()

    def test_layout(self):
        self.write("bus/core.hpp", "#pragma once\n\nint   turn();\n")
        self.assert_found("bus/core.hpp:3: format: ")

    def test_bus_includes_no_room_above_it(self):
        self.write("bus/core.hpp", '#pragma once\n#include "actors/puzzle.hpp"\n\nint turn();\n')
        self.assert_found("bus/core.hpp:2: include: bus/ may not include actors/puzzle.hpp")

    def test_bus_includes_no_caf(self):
        self.write("bus/core.hpp", "#pragma once\n#include <caf/all.hpp>\n")
        self.assert_found("bus/core.hpp:2: include: <caf/all.hpp> is only for")

    def test_config_sees_only_result_and_assert_of_the_bus(self):
        self.write("config/hunt.hpp", '#pragma once\n#include "bus/core.hpp"\n#include "bus/result.hpp"\n')
        self.assert_found("config/hunt.hpp:2: include: config/ may not include bus/core.hpp")

    def test_messages_see_no_actor(self):
        self.write("actors/messages/reply.hpp", '#pragma once\n#include "actors/puzzle.hpp"\n')
        self.assert_found("actors/messages/reply.hpp:2: include: actors/messages/ may not include")

    def test_net_sees_only_the_messages_of_actors(self):
        self.write("net/session.hpp", '#pragma once\n#include "actors/messages/command.hpp"\n#include "actors/puzzle.hpp"\n')
        self.assert_found("net/session.hpp:3: include: net/ may not include actors/puzzle.hpp")

    def test_only_the_runtime_knows_caf_and_the_bus(self):
        both = '#pragma once\n#include <caf/all.hpp>\n\n#include "bus/core.hpp"\n'
        self.write("actors/runtime/hot.hpp", both)
        self.assert_found()
        self.write("actors/team.hpp", both)
        self.assert_found("actors/team.hpp:2: include: <caf/all.hpp> is only for",
                          "actors/team.hpp:2: include: only actors/runtime/")

    def test_includes_are_from_the_root(self):
        self.write("bus/core.cpp", '#include "bus/core.hpp"\n\n#include "ring.hpp"\n')
        self.assert_found('bus/core.cpp:3: include: "ring.hpp" is not in the tree')

    def test_the_own_header_comes_first(self):
        self.write("bus/core.cpp", '#include "bus/ring.hpp"\n\n#include "bus/core.hpp"\n')
        self.assert_found("bus/core.cpp:1: own-header: ")

    def test_atomics_stand_under_bus(self):
        self.write("net/flag.hpp", "#pragma once\n#include <atomic>\n\ninline std::atomic<int> flag{0};\n")
        self.assert_found("net/flag.hpp:2: atomic: ", "net/flag.hpp:4: atomic: ")

    def test_an_order_has_a_comment(self):
        self.write("bus/ring.hpp", RING.replace("  // acquire [tail]: the cell was written before.\n", "\n"))
        self.assert_found("bus/ring.hpp:7: memory-order: [tail] has no acquiring place",
                          "bus/ring.hpp:9: memory-order: say above it")

    def test_a_relaxed_order_has_a_comment_too(self):
        self.write("bus/core.hpp", "#pragma once\n#include <atomic>\n\n"
                                   "inline int look(std::atomic<int>& at) { return at.load(std::memory_order_relaxed); }\n")
        self.assert_found("bus/core.hpp:4: memory-order: say above it")

    def test_an_order_names_its_tag(self):
        self.write("bus/ring.hpp", RING.replace("acquire [tail]", "acquire"))
        self.assert_found("bus/ring.hpp:7: memory-order: [tail] has no acquiring place",
                          "bus/ring.hpp:9: memory-order: name by a [tag]")

    def test_a_tag_has_two_sides(self):
        self.write("bus/ring.hpp", RING.replace("acquire [tail]", "acquire [head]"))
        self.assert_found("bus/ring.hpp:7: memory-order: [tail] has no acquiring place",
                          "bus/ring.hpp:9: memory-order: [head] has no releasing place")

    def test_fences(self):
        self.write("bus/core.cpp", '#include "bus/core.hpp"\n\n#include <atomic>\n\nint turn() {\n'
                                   "  // [tail]\n  std::atomic_thread_fence(std::memory_order_acquire);\n  return 0;\n}\n")
        self.assert_found("bus/core.cpp:7: fence: ")

    def test_sleeps(self):
        self.write("bus/core.cpp", '#include "bus/core.hpp"\n\n#include <unistd.h>\n\n'
                                   '// It does not sleep(1).\nint turn() { return usleep(1); }\n')
        self.assert_found("bus/core.cpp:6: sleep: ")

    def test_unfinished_words(self):
        for word in ("TO" + "DO", "FIX" + "ME", "X" * 3, "HA" + "CK"):
            with self.subTest(word):
                self.write("bus/core.hpp", f"#pragma once\n// {word}: later.\nint turn();\n")
                self.assert_found(f"bus/core.hpp:2: unfinished: do what {word} asks for")

    def test_paths_of_a_machine(self):
        for folder in ("home", "root", "work"):
            with self.subTest(folder):
                self.write("tools/README.md", f"# tools\n\nSee /{folder}/someone for more.\n")
                self.assert_found("tools/README.md:3: machine-path: ")

    def test_dead_links(self):
        self.write("README.md", "# A tree\n\n[rings](bus/rings.hpp) and [elsewhere](https://example.org/x.md)\n")
        self.assert_found("README.md:3: dead-link: bus/rings.hpp")

    def test_dead_paths(self):
        self.write("bus/README.md", "# bus\n\n`ring.hpp`, `cell.hpp`, `core.*`, `cores.*`, `journal/`, `a/b`, `ring.hpp:3`\n")
        self.assert_found("bus/README.md:3: dead-path: `cell.hpp`", "bus/README.md:3: dead-path: `cores.*`",
                          "bus/README.md:3: dead-path: `journal/`")

    def test_an_invariant_whose_test_is_gone(self):
        self.write("tests/ring_test.cpp", 'const char* name =\n    "a ring "\n    "is round";\n')
        self.write("tests/INVARIANTS.md", '# What holds\n\n| 1 | "a ring is round", swarm |\n| 2 | "a ring is square" |\n')
        self.assert_found('tests/INVARIANTS.md:4: no-such-test: "a ring is square" ')

    def test_a_folder_without_readme(self):
        (self.root / "net/README.md").unlink()
        self.write("net/session/session.hpp", "#pragma once\n")
        self.assert_found("net/session/README.md:1: readme: ")

    def test_a_long_readme(self):
        self.write("net/README.md", "# net\n" * 61)
        self.assert_found("net/README.md:61: readme: ")

    def test_a_long_file_is_remarked_on_and_no_more(self):
        self.write("bus/core.hpp", "#pragma once\n" + "int turn();\n" * 401)
        run = self.check("--no-tidy")
        self.assertEqual(run.returncode, 0, run.stdout)
        self.assertIn("bus/core.hpp:402: remark: ", run.stderr)


class TidyTest(PlantedTree):
    def setUp(self):
        super().setUp()
        source = self.root / "bus/core.cpp"
        self.write("build/debug/compile_commands.json", json.dumps([{
            "directory": str(self.root), "file": str(source), "command": f"clang++-14 -std=c++20 -I{self.root} -c {source}"}]))
        self.write(".gitignore", "/build/\n")

    def git(self, *words):
        subprocess.run(["git", "-c", "user.name=T", "-c", "user.email=t@example.org", *words], cwd=self.root,
                       check=True, capture_output=True)

    def plant(self):
        self.write("bus/core.cpp", '#include "bus/core.hpp"\n\nint turn() { return 0; }\nint TurnTwice() { return 0; }\n')

    def test_the_whole_tree_on_request(self):
        self.plant()
        self.assert_found("bus/core.cpp:4: tidy: invalid case style for function 'TurnTwice'", options=("--all",))

    def test_only_what_changed(self):
        self.plant()
        self.git("init", "--quiet")
        self.git("add", "-A")
        self.git("commit", "--quiet", "-m", "one")
        self.write("tools/README.md", "# tools, changed\n")
        self.assert_found(options=("--base", "HEAD"))
        self.write("bus/core.hpp", "#pragma once\n\nint turn();\nint turn_again();\n")
        self.assert_found("bus/core.cpp:4: tidy: ", options=("--base", "HEAD"))


if __name__ == "__main__":
    unittest.main()
