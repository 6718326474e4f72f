"""Every folder is covered by a README, which is short; long files are remarked on."""
from checks.tree import Finding, parents

README_LINES_MAX = 60
FILE_LINES_MAX = 400


def look(tree):
    findings = []
    for folder in sorted({parents(file)[-1] for file in tree.code() if "/" in file and not file.startswith(".")}):
        if not any(f"{above}/README.md" in tree for above in parents(folder + "/")):
            findings.append(Finding(folder + "/README.md", 1, "readme", "say in one screen what lives here"))
    for page in tree.files:
        count = len(tree.lines(page)) - 1
        if page.endswith("/README.md") and count > README_LINES_MAX:
            findings.append(Finding(page, count, "readme", f"at most {README_LINES_MAX} lines"))
    return findings


def remarks(tree):
    """Not against a rule: a split that makes reading harder is worse than a long file."""
    for file in tree.code():
        count = len(tree.lines(file)) - 1
        if count > FILE_LINES_MAX:
            yield f"{file}:{count}: remark: over {FILE_LINES_MAX} lines: is it one idea?"
