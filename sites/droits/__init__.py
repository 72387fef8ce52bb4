"""What each person sees and does in the Wagtail admin: assignments turned into permission policies and closed doors."""
