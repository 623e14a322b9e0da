import Data.List (sort)

main :: IO ()
main = do
  text <- getContents
  let numbers = sort (map read (words text)) :: [Int]
  print (sum numbers)
  putStrLn (unwords (map show numbers))
