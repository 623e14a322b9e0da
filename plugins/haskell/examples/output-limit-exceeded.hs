main :: IO ()
main = putStrLn "all work and no play, all work and no play" >> main
