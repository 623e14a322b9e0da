main(_) ->
    Total = 1 2,
    io:format("~w~n", [Total]).
