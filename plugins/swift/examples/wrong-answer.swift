let count = Int(readLine() ?? "") ?? 0
let values = (readLine() ?? "").split(separator: " ").compactMap { Int($0) }
print(values.prefix(count - 1).reduce(0, +))
