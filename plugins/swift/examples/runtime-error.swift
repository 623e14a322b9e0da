func half(_ value: Int) -> Int {
    guard value.isMultiple(of: 2) else { fatalError("odd: \(value)") }
    return value / 2
}

print(half(3))
