// The room of LanguagePlugins; see docs/ for the way a snippet goes through the house.
