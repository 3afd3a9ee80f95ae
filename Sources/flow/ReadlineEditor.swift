#if Readline
  @preconcurrency import CReadline
  import FlowCommand
  import Glibc
  import Synchronization

  /// Reads lines from a terminal with GNU readline. The one file that knows it.
  ///
  /// readline is driven key by key (its callback interface), so that Ctrl-C drops the line at once and a window
  /// of another size is drawn anew, without a jump out of a signal handler.
  final class ReadlineEditor: LineEditor {
    /// How many entries can be recalled.
    private static let maximumEntries: Int32 = 2000
    /// What ends a word for readline: all that stands between names. Which word is completed is not its matter.
    private static let breakCharacters = " \t\n(){}[]=,.<>!+-*/%\""
    /// In milliseconds: a signal that reaches another thread is noticed so late.
    private static let patience: Int32 = 100

    private let interruption: Interruption
    private var input: LineInput?
    private var complete: (String) -> LineCompletion = { _ in LineCompletion(start: 0, candidates: []) }
    /// What is offered for the word at hand, and how much of it readline has asked for.
    private var candidates: [String] = []
    private var offered = 0

    /// readline has one line, one terminal, and calls functions that cannot capture: it belongs to the process.
    /// All of it happens on the one thread that reads.
    nonisolated(unsafe) private static var current: ReadlineEditor?

    /// - Returns: `nil` where input or output is no terminal: on a pipe readline would echo what it reads.
    init?(_ interruption: Interruption) {
      guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { return nil }
      self.interruption = interruption
      setlocale(LC_CTYPE, "")
      rl_readline_name = UnsafePointer(strdup("flow"))
      rl_catch_signals = 0
      rl_change_environment = 0
      // readline listens only while it reads a key, and most windows change while it waits for one.
      rl_catch_sigwinch = 0
      WindowSignal.install()
      rl_attempted_completion_over = 1
      rl_completion_append_character = 0
      rl_completer_word_break_characters = UnsafePointer(strdup(Self.breakCharacters))
      rl_attempted_completion_function = { word, start, end in ReadlineEditor.matches(word, start, end) }
      using_history()
      stifle_history(Self.maximumEntries)
    }

    func remember(_ entry: String) { add_history(entry) }

    func read(prompt: String, complete: @escaping (String) -> LineCompletion) -> LineInput {
      self.complete = complete
      input = nil
      Self.current = self
      defer { Self.current = nil }
      rl_callback_handler_install(Self.marked(prompt)) { line in ReadlineEditor.finish(line) }
      while true {
        if let input { return input }
        waitForKey()
      }
    }

    /// Waits for a key or a signal.
    private func waitForKey() {
      var keyboard = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
      let count = poll(&keyboard, 1, Self.patience)
      if interruption.isAsked {
        dropLine()
      } else if WindowSignal.takeChange() {
        rl_resize_terminal()
      } else if count > 0 {
        rl_callback_read_char()
      }
    }

    private func dropLine() {
      // Below all that has been typed; readline itself goes to the beginning of the line.
      rl_point = rl_end
      rl_redisplay()
      fputs("^C\n", stdout)
      rl_free_line_state()
      rl_callback_sigcleanup()
      rl_callback_handler_remove()
      fflush(stdout)
      input = .interrupted
    }

    /// Takes a whole line from readline, or the end.
    private static func finish(_ line: UnsafeMutablePointer<CChar>?) {
      rl_callback_handler_remove()
      guard let line else {
        // Ctrl-D leaves the cursor behind the prompt.
        fputs("\n", stdout)
        fflush(stdout)
        current?.input = .end
        return
      }
      current?.input = .line(String(cString: line))
      free(line)
    }

    private static func matches(
      _ word: UnsafePointer<CChar>?, _ start: Int32, _ end: Int32
    ) -> UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? {
      guard let current, let line = rl_line_buffer else { return nil }
      let before = Array(UnsafeRawBufferPointer(start: line, count: Int(end)))
      let completion = current.complete(String(decoding: before, as: UTF8.self))
      current.candidates = completion.candidates.compactMap {
        fitted($0, from: completion.start, before, word: Int(start))
      }
      rl_completion_append_character = completion.isWord && current.candidates.count == 1 ? 0x20 : 0
      return rl_completion_matches(word) { _, state in ReadlineEditor.nextCandidate(isFirst: state == 0) }
    }

    /// A candidate for the word that readline replaces, which begins elsewhere than the word that is completed.
    private static func fitted(_ candidate: String, from start: Int, _ line: [UInt8], word: Int) -> String? {
      if start >= word { return String(decoding: line[word..<start], as: UTF8.self) + candidate }
      let typed = line[start..<word]
      guard candidate.utf8.starts(with: typed) else { return nil }
      return String(decoding: candidate.utf8.dropFirst(typed.count), as: UTF8.self)
    }

    /// The next candidate in memory that readline frees.
    private static func nextCandidate(isFirst: Bool) -> UnsafeMutablePointer<CChar>? {
      guard let current else { return nil }
      if isFirst { current.offered = 0 }
      guard current.offered < current.candidates.count else { return nil }
      defer { current.offered += 1 }
      return strdup(current.candidates[current.offered])
    }

    /// Escape sequences stand between marks, so that readline does not count them as columns.
    private static func marked(_ prompt: String) -> String {
      let (open, close) = ("\u{1}", "\u{2}")
      var result = ""
      var isEscape = false
      for scalar in prompt.unicodeScalars {
        if scalar == "\u{1B}" {
          isEscape = true
          result += open
        }
        result.unicodeScalars.append(scalar)
        if isEscape, ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) {
          isEscape = false
          result += close
        }
      }
      return result
    }
  }

  /// The window has another size.
  private enum WindowSignal {
    /// A signal handler cannot capture, so what it sets is global.
    private static let isChanged = Atomic<Bool>(false)

    static func install() {
      var action = sigaction()
      action.__sigaction_handler.sa_handler = { _ in
        WindowSignal.isChanged.store(true, ordering: .relaxed)
      }
      action.sa_flags = SA_RESTART
      sigaction(SIGWINCH, &action, nil)
    }

    /// Whether it has changed since this was last asked.
    static func takeChange() -> Bool { isChanged.exchange(false, ordering: .relaxed) }
  }
#endif
