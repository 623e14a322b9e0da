main(_) ->
    io:format("~w~n", [length(depth(0))]).

depth(-1) ->
    [];
depth(Level) ->
    [lists:seq(1, 100) | depth(Level + 1)].
