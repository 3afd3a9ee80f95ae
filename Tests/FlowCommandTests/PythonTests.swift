import FlowCommand
import FlowRuntime
import Foundation
import Testing

/// Python through the whole command, with a real interpreter.
@Suite struct PythonTests {
  static let campaign = """
    campaign scores {
    }

    participant {
      visits: integer = 0
      score: integer internal
      note: string internal
    }

    flow score {
      on participant created {
        python "score.py" reads participant.visits writes participant.score
      }
    }

    flow note {
      on participant updated (score) {
        python \"""
            half = participant["score"] / 2
            writes["note"] = f"{half:.1f}"
          \""" reads participant.score writes participant.note timeout 20s
      }
    }

    """
  static let script = "base = 100\n\nwrites[\"score\"] = base // participant[\"visits\"]\n"
  static let people = "external_id,visits\nc1,3\nc2,0\nc3,7\n"

  /// A world with these files; the current directory is that of the world.
  static func world(script: String = script, campaign: String = campaign) -> MemoryFileSystem {
    MemoryFileSystem(["scores/scores.flow": campaign, "scores/score.py": script, "people.csv": people])
  }

  static func run(_ arguments: [String], _ files: MemoryFileSystem, python: PythonSupport = .real)
    -> CommandRun
  {
    CommandRun(
      arguments, files: files, variables: ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? ""],
      python: python)
  }

  static let play = ["run", "scores", "--participants", "people.csv", "--trace", "c1"]

  @Test func scriptsRunAndFailAtTheirLines() {
    let run = Self.run(Self.play, Self.world())
    #expect(run.status == .findings)
    #expect(run.output.contains("participant.score: 33"))
    #expect(run.output.contains("participant.note: \"16.5\""))
    #expect(run.output.contains("sees participant.visits = 3"), "\(run.output)")
    #expect(run.errors.contains("error[python-failed]: a run of `score` failed"), "\(run.errors)")
    #expect(run.errors.contains("--> scores/scores.flow:12:5"))
    #expect(
      run.errors.contains("--> scores/score.py:3:1") || run.errors.contains("::: scores/score.py:3:1"),
      "\(run.errors)")
    #expect(run.errors.contains("ZeroDivisionError: integer division or modulo by zero"))
    #expect(run.errors.contains("at scores/score.py:3"))
    #expect(run.errors.contains("scripts ran in CPython 3."))
  }

  @Test func recordingsReplayWithoutPython() throws {
    let files = Self.world()
    let recorded = Self.run(Self.play + ["--python", "record=calls.jsonl"], files)
    for jobs in ["1", "3"] {
      let again = Self.run(
        Self.play + ["--python", "replay=calls.jsonl", "--jobs", jobs], files, python: .none)
      #expect(again.output == recorded.output)
      #expect(again.status == recorded.status)
      #expect(again.errors.contains("ZeroDivisionError"))
      #expect(again.errors.contains("at scores/score.py:3"), "\(again.errors)")
    }
    // Another script, or another seed, is another call.
    let changed = Self.run(
      Self.play + ["--python", "replay=calls.jsonl", "--seed", "5"], files, python: .none)
    #expect(
      changed.errors.contains("error[python-not-recorded]: 3 runs of `score` failed"), "\(changed.errors)")
    let wrong = Self.run(Self.play + ["--python", "replay=people.csv"], files, python: .none)
    #expect(wrong.status == .failure && wrong.errors.contains("error[invalid-recording]"))
  }

  @Test func forbiddenAndMissingPythonFailTheRuns() {
    let forbidden = Self.run(Self.play + ["--python", "forbid"], Self.world())
    #expect(forbidden.status == .findings && forbidden.errors.contains("error[python-forbidden]: 3 runs"))
    let missing = Self.run(Self.play, Self.world(), python: .none)
    #expect(missing.status == .findings && missing.errors.contains("error[python-unavailable]: 3 runs"))
    let named = Self.run(Self.play + ["--python-interpreter", "/nowhere/python3"], Self.world())
    #expect(named.status == .failure && named.errors.contains("error[missing-python]"), "\(named.errors)")
  }

  @Test func strangersNeedPermission() {
    let files = Self.world()
    files.add("/elsewhere/scores.flow", .file(Array(Self.campaign.utf8)))
    files.add("/elsewhere/score.py", .file(Array("writes['score'] = 1".utf8)))
    let arguments = ["run", "/elsewhere/scores.flow", "--participants", "people.csv", "-q"]
    let refused = Self.run(arguments, files)
    #expect(
      refused.status == .failure && refused.errors.contains("error[python-not-allowed]"), "\(refused.errors)")
    #expect(Self.run(arguments + ["--allow-python"], files).status == .fine)
    #expect(Self.run(arguments + ["--python", "forbid"], files).status == .findings)
    // Standard input is somebody else's as well.
    let piped = CommandRun(
      ["run", "-", "--stdin-path", "scores/scores.flow", "--participants", "people.csv"], files: files,
      input: Self.campaign, python: .real)
    #expect(piped.errors.contains("comes from elsewhere: standard input"), "\(piped.errors)")
  }

  @Test func checkFindsMistakesAtTheirPlaces() {
    let good = Self.run(["check", "scores", "--python"], Self.world())
    #expect(good.status == .fine, "\(good.output)")
    let file = Self.run(
      ["check", "scores", "--python", "--format", "concise"], Self.world(script: "x = 1\nif x = 2: pass\n"))
    #expect(file.status == .findings)
    #expect(
      file.output.hasPrefix("scores/score.py:2:4: error[python-syntax]: Python does not take the script: "),
      "\(file.output)")
    let inline = Self.campaign.replacingOccurrences(of: "half = participant", with: "half = = participant")
    let mistake = Self.run(
      ["check", "scores", "--python", "--format", "concise"], Self.world(campaign: inline))
    #expect(mistake.output.hasPrefix("scores/scores.flow:19:16: error[python-syntax]: "), "\(mistake.output)")
    // Without `--python` nobody asks Python.
    #expect(Self.run(["check", "scores"], Self.world(campaign: inline)).status == .fine)
  }

  static let tests = """
    test "a third" {
      upload { external_id = "c1", visits = 3 }
      expect participant.score == 33 and participant.note == "16.5"
    }

    test "a seventh of the same person at the same instant" {
      upload { external_id = "c1", visits = 7 }
      expect participant.score == 14
      expect runs(score, failed) == 0
    }

    test "nothing comes of no visits" {
      upload { external_id = "c1", visits = 0 }
      expect participant.score is not set and runs(score, failed) == 1
    }

    """

  /// Each test has its own store, all of them share the interpreters.
  @Test func testsRunScripts() {
    let files = Self.world()
    files.add("\(MemoryFileSystem.root)/scores/tests.flow", .file(Array(Self.tests.utf8)))
    let run = Self.run(["test", "scores", "--jobs", "1"], files)
    #expect(run.status == .fine && run.output == "3 tests: 3 passed\n", "\(run.output)\(run.errors)")
    #expect(Self.run(["test", "scores", "--jobs", "3"], files) == run)
    let recorded = Self.run(["test", "scores", "--python", "record=calls.jsonl"], files)
    #expect(recorded == run)
    let again = Self.run(["test", "scores", "--python", "replay=calls.jsonl"], files, python: .none)
    #expect(again == run)
    let forbidden = Self.run(["test", "scores", "--python", "forbid"], files)
    #expect(forbidden.status == .findings)
    #expect(forbidden.output.contains("failed: scripts are forbidden here"), "\(forbidden.output)")
    #expect(forbidden.output.hasSuffix("3 tests: 1 passed, 2 failed\n"))
    let missing = Self.run(["test", "scores"], files, python: .none)
    #expect(missing.output.contains("there is no Python to run the script"), "\(missing.output)")
  }

  @Test func testsOfStrangersNeedPermission() {
    let files = Self.world()
    files.add("/elsewhere/scores.flow", .file(Array((Self.campaign + Self.tests).utf8)))
    files.add("/elsewhere/score.py", .file(Array(Self.script.utf8)))
    let refused = Self.run(["test", "/elsewhere"], files)
    #expect(refused.status == .failure && refused.errors.contains("error[python-not-allowed]"))
    #expect(Self.run(["test", "/elsewhere", "--allow-python"], files).status == .fine)
    #expect(Self.run(["test", "/elsewhere", "--list"], files).status == .fine)
  }

  /// Whose scripts do not run is said when the campaign comes to hand, not by the first run that fails.
  @Test func thePromptSaysAtOnceThatScriptsDoNotRun() {
    let files = Self.world()
    files.add("/elsewhere/scores.flow", .file(Array(Self.campaign.utf8)))
    files.add("/elsewhere/score.py", .file(Array(Self.script.utf8)))
    func session(_ arguments: [String], _ input: String, python: PythonSupport = .real) -> CommandRun {
      CommandRun(
        ["repl"] + arguments, files: files, input: input,
        variables: ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? ""], python: python)
    }
    let refused = session(["/elsewhere"], "")
    #expect(refused.status == .fine && refused.output == "")
    #expect(
      refused.errors.hasPrefix(
        "warning[python-not-allowed]: the scripts of this campaign do not run: it comes from elsewhere: `/elsewhere/scores.flow`\n"
      ), "\(refused.errors)")
    #expect(refused.errors.contains("start `flow repl` with `--allow-python`"))
    let loaded = session(
      [], ":load /elsewhere\n:load scores\nupload { external_id = \"c1\", visits = 4 }\n1 + 1\n")
    #expect(loaded.errors == refused.errors)
    #expect(loaded.output.contains("score: unset → 25"), "\(loaded.output)")
    let failing = session(["/elsewhere"], "upload { external_id = \"c1\", visits = 4 }\n")
    #expect(failing.output.contains("score failed: scripts are forbidden here"), "\(failing.output)")
    #expect(session(["/elsewhere", "--allow-python"], "").errors == "")
    let missing = session(["scores"], "", python: .none)
    #expect(missing.errors.hasPrefix("warning[missing-python]: the scripts of this campaign do not run: "))
    files.remove("scores/score.py")
    let broken = session(["scores"], "1 + 1\n")
    #expect(broken.status == .findings && broken.output == "", "\(broken.output)")
    #expect(
      broken.errors.contains("error[missing-script]")
        && broken.errors.contains("--> scores/scores.flow:12:12"))
  }

  /// The texts of scripts are read again with the files that name them.
  @Test func theSameNameOfAScriptElsewhereIsAnother() {
    let files = Self.world()
    files.add("\(MemoryFileSystem.root)/other/scores.flow", .file(Array(Self.campaign.utf8)))
    files.add("\(MemoryFileSystem.root)/other/score.py", .file(Array("writes['score'] = 7\n".utf8)))
    let script = "upload { external_id = \"c1\", visits = 4 }\nparticipant.score\n"
    let run = CommandRun(
      ["repl"], files: files,
      input:
        ":load scores\n:trace off\n\(script):load other\n\(script):back 2\nupload { external_id = \"c2\", visits = 2 }\n:back\nparticipant.score\n",
      variables: ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? ""], python: .real)
    #expect(
      run.output.contains("25 : integer") && run.output.contains("7 : integer"), "\(run.output)\(run.errors)")
    #expect(run.output.hasSuffix("25 : integer\n"), "\(run.output)")
  }

  @Test func missingScriptsAreFoundByEveryCheck() {
    let files = MemoryFileSystem(["scores/scores.flow": Self.campaign, "people.csv": Self.people])
    let check = Self.run(["check", "scores", "--format", "concise"], files, python: .none)
    #expect(check.status == .findings)
    #expect(check.output.hasPrefix("scores/scores.flow:12:12: error[missing-script]: "), "\(check.output)")
    let run = Self.run(Self.play, files)
    #expect(run.status == .failure && run.errors.contains("error[missing-script]"))
  }

  /// Seeds, now and hashes are the engine's: the number of threads changes nothing.
  @Test func jobsChangeNothing() {
    let script = "import random\nwrites['score'] = random.randrange(10**9) + hash('x') % 7 + now.year\n"
    let people = "external_id,visits\n" + (0..<300).map { "c\($0),1\n" }.joined()
    let outputs = ["1", "4"].map { jobs -> [String] in
      let files = Self.world(script: script)
      files.add("\(MemoryFileSystem.root)/people.csv", .file(Array(people.utf8)))
      let run = Self.run(Array(Self.play.prefix(4)) + ["--jobs", jobs, "--out", "out", "-q"], files)
      return [run.output, files.contents.first { $0.key.hasSuffix("out/participants.csv") }?.value ?? ""]
    }
    #expect(outputs[0] == outputs[1])
    #expect(outputs[0][1].utf8.count > 3000)
  }
}
