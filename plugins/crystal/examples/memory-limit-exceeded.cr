kept = [] of Bytes
loop { kept << Bytes.new(1 << 20, 1_u8) }
