import Control.Exception (IOException, try)

open :: FilePath -> IO ()
open path = do
  result <- try (writeFile path "x") :: IO (Either IOException ())
  putStrLn (either (const "refused") (const "written") result)

main :: IO ()
main = getContents >>= mapM_ open . lines
