// The room of JSON; see docs/ for the way a snippet goes through the house.
