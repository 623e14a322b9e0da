// The room of Rewards; see docs/ for the way a snippet goes through the house.
