"""What a site costs to build, from a hundred short runs to ten thousand, and how soon others show the same numbers."""
