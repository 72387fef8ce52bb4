"""What a school's site answers where there is no page: the new address of the page that was there, or a search."""
