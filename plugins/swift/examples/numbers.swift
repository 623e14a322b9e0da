var numbers: [Int] = []
while let line = readLine() {
    numbers += line.split(separator: " ").compactMap { Int($0) }
}
numbers.sort()
print(numbers.reduce(0, +))
print(numbers.map(String.init).joined(separator: " "))
