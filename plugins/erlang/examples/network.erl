main(_) ->
    {ok, [Port]} = io:fread("", "~d"),
    case gen_tcp:connect({127, 0, 0, 1}, Port, [], 2000) of
        {ok, _} -> io:format("connected~n");
        {error, _} -> io:format("refused~n")
    end.
