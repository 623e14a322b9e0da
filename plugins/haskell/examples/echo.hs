import System.Environment (getArgs)

main :: IO ()
main = do
  arguments <- getArgs
  mapM_ putStrLn arguments
  getContents >>= putStr
