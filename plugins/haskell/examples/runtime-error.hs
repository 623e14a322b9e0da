import System.Environment (getArgs)

share :: Int -> Int -> Int
share total count = total `div` count

main :: IO ()
main = do
  arguments <- getArgs
  putStrLn "before"
  print (share 1 (length arguments))
