"""Reads a JUnit report with the package `junitparser`, and says in JSON what it has understood: read_junit.py FILE

Exit code 3 where the package is missing.
"""

import json
import sys

try:
    import junitparser
except ImportError:
    sys.exit(3)

report = junitparser.JUnitXml.fromfile(sys.argv[1])
suites = []
for suite in report:
    cases = []
    for case in suite:
        failures = [{"type": found.type, "message": found.message, "text": found.text} for found in case.result]
        cases.append({"name": case.name, "class": case.classname, "failures": failures})
    suites.append({"name": suite.name, "tests": suite.tests, "failures": suite.failures, "cases": cases})
json.dump({"tests": report.tests, "failures": report.failures, "suites": suites}, sys.stdout)
