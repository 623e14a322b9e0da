main(Arguments) ->
    io:format("before~n"),
    io:format("~w~n", [share(1, length(Arguments))]).

share(Total, Count) ->
    Total / Count.
