depth :: Integer -> Integer
depth level = if level < 0 then level else 1 + depth (level + 1)

main :: IO ()
main = print (depth 0)
