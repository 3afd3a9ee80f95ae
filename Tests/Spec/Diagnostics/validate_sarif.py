"""Checks SARIF documents against the schema beside this file: validate_sarif.py FILE…

Exit codes: 0 all valid, 1 some are not, 3 the package `jsonschema` is missing.
"""
import json
import pathlib
import sys

try:
    import jsonschema
except ImportError:
    print("the Python package `jsonschema` is missing: pip install jsonschema", file=sys.stderr)
    sys.exit(3)

folder = pathlib.Path(__file__).parent
schema = json.loads((folder / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
validator = jsonschema.validators.validator_for(schema)(schema)
failures = 0
for path in sys.argv[1:]:
    document = json.loads(pathlib.Path(path).read_text(encoding="utf-8"))
    for error in validator.iter_errors(document):
        failures += 1
        print(f"{path}: {error.json_path}: {error.message}", file=sys.stderr)
print(f"{len(sys.argv) - 1} checked")
sys.exit(1 if failures else 0)
