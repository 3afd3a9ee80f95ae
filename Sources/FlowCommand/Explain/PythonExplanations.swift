internal import FlowDiagnostics

/// The pages of what stands between a campaign and its scripts.
enum PythonExplanations {
  static let all = [
    Explanation(
      .missingPython, summary: "there is no Python to run or compile scripts with",
      meaning: """
        Scripts run in CPython 3.9 or later. The first program called `python3`, or by another usual name, along `PATH` \
        is taken, then the usual places; scripts that choose a version are passed over. `--python-interpreter PATH`, or \
        else the environment variable `FLOW_PYTHON`, names another, by its absolute path.
        """,
      wrong: .command("flow run lead_scoring --participants people.csv --python-interpreter python3"),
      right: .command("flow run lead_scoring --participants people.csv --python-interpreter /usr/bin/python3")
    ),
    Explanation(
      .missingScript, summary: "the file of a script cannot be read",
      meaning: """
        The path of a script begins at the directory of the `.flow` file that names it. The file has at most 1 MiB of \
        UTF-8 text. It is read once, before anything is played.
        """,
      wrong: "python \"scripts/scroe.py\" writes participant.score",
      right: "python \"scripts/score.py\" writes participant.score"),
    Explanation(
      .pythonNotAllowed, summary: "a campaign from elsewhere runs Python",
      meaning: """
        A script is a program, and the walls around it keep it from much, not from everything. So scripts run without \
        asking only where the campaign lies in the repository of the current directory or, where there is none, below \
        that directory. What comes from anywhere else, or from standard input, needs `--allow-python`.
        """,
      wrong: .command("flow run ../downloads/lead_scoring --participants people.csv"),
      right: .command("flow run ../downloads/lead_scoring --participants people.csv --allow-python")),
    Explanation(
      .pythonSyntax, summary: "Python does not take a script",
      meaning: """
        `flow check --python` has every script compiled by the Python that would run it, and runs none. Line and column \
        are those of the `.flow` file, or of the script's own.
        """,
      wrong: "python \"\"\"\n  writes[\"score\"] = = 10\n  \"\"\" writes participant.score",
      right: "python \"\"\"\n  writes[\"score\"] = 10\n  \"\"\" writes participant.score"),
    Explanation(
      .invalidRecording, summary: "a file is no recording of script results",
      meaning: """
        `--python record=FILE` writes a line of JSON for every call of a script, and `--python replay=FILE` answers the \
        calls from it without any Python. A recording that is cut off, was edited, or is of another version or another \
        campaign stops the run before anything is played.
        """,
      wrong: .command("flow run lead_scoring --participants people.csv --python replay=people.csv"),
      right: .command("flow run lead_scoring --participants people.csv --python replay=scores.jsonl")),
  ]
}
