// The room of Pipeline; see docs/ for the way a snippet goes through the house.
