"""tests/INVARIANTS.md names tests and mutants that there are."""
import re

from checks.tree import Finding

PAGE = "tests/INVARIANTS.md"
NAME = re.compile(r'"([^"]+)"')


def look(tree):
    if PAGE not in tree:
        return []
    texts = "\n".join(text_of(tree, file) for file in tree.files if file.startswith("tests/") and file != PAGE)
    return [Finding(PAGE, number, "no-such-test", f'"{name}" is no test or mutant: name the one that shows it now')
            for number, line in enumerate(tree.lines(PAGE), 1) for name in NAME.findall(line)
            if name != "swarm" and name not in texts]


def text_of(tree, file):
    """A file's text with string literals put together that its formatting has broken."""
    return re.sub(r'"\s*"', "", "\n".join(tree.lines(file)))
