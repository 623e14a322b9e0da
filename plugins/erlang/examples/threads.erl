main(_) ->
    Self = self(),
    [spawn(fun() -> Self ! Value end) || Value <- [1, 2, 3, 4]],
    io:format("~w~n", [lists:sum([receive Value -> Value end || _ <- [1, 2, 3, 4]])]).
