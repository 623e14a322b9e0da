while true {
    print("all work and no play")
}
