// The room of Tasks; see docs/ for the way a snippet goes through the house.
