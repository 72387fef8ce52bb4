"""The site map that search engines read: an index, a section per academy, a section per school."""
