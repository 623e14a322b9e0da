// The room of Sandbox; see docs/ for the way a snippet goes through the house.
