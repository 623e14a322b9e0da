main(Arguments) ->
    io:setopts([{encoding, unicode}, binary]),
    [io:format("~ts~n", [Argument]) || Argument <- Arguments],
    copy().

copy() ->
    case io:get_chars("", 65536) of
        eof -> ok;
        Text -> io:put_chars(Text), copy()
    end.
