main(_) ->
    Numbers = lists:sort(read([])),
    io:format("~w~n", [lists:sum(Numbers)]),
    io:format("~s~n", [lists:join(" ", [integer_to_list(Number) || Number <- Numbers])]).

read(Numbers) ->
    case io:fread("", "~d") of
        {ok, [Number]} -> read([Number | Numbers]);
        eof -> Numbers
    end.
