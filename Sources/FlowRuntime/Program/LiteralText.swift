import FlowSchema
import FlowValues

/// Text literals that stand for an email or phone, in the form in which data are kept (semantics D3).
enum LiteralText {
  static func normalForm(of text: String, as type: ValueType?) -> String {
    var bytes: [UInt8] = []
    let isNormal = Array(text.utf8).withUnsafeBufferPointer { utf8 in
      switch type {
      case .email: Email.appendNormalForm(utf8, to: &bytes)
      case .phone: Phone.appendNormalForm(utf8, to: &bytes)
      default: false
      }
    }
    return isNormal ? String(decoding: bytes, as: UTF8.self) : text
  }
}
