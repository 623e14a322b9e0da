import Control.Concurrent

main :: IO ()
main = do
  total <- newMVar (0 :: Int)
  finished <- mapM (const newEmptyMVar) [1 .. 4 :: Int]
  mapM_ (\(value, done) -> forkIO (modifyMVar_ total (return . (+ value)) >> putMVar done ())) (zip [1 ..] finished)
  mapM_ takeMVar finished
  readMVar total >>= print
