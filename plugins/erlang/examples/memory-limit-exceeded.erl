main(_) ->
    grow([]).

grow(Kept) ->
    grow([lists:seq(1, 100000) | Kept]).
