var value: UInt64 = 1
while value != 0 {
    value = value &* 6_364_136_223_846_793_005 | 1
}
print(value)
