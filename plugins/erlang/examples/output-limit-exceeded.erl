main(Arguments) ->
    io:format("all work and no play, all work and no play~n"),
    main(Arguments).
