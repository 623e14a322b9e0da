total :: Int
total = "text"

main :: IO ()
main = print total
