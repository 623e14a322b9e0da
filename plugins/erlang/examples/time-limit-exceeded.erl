main(Arguments) ->
    main(Arguments).
