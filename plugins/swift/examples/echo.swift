for argument in CommandLine.arguments.dropFirst() {
    print(argument)
}
while let line = readLine(strippingNewline: false) {
    print(line, terminator: "")
}
