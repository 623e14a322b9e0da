main(_) ->
    case io:get_line("") of
        eof -> ok;
        Line ->
            case file:open(string:trim(Line), [write]) of
                {ok, _} -> io:format("written~n");
                {error, _} -> io:format("refused~n")
            end,
            main([])
    end.
