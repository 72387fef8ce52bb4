"""What makes an answer private."""

from django.views.decorators.cache import cache_control

# For one reader: kept by no proxy and no browser, gone with the tab.
page_privee = cache_control(private=True, no_store=True)
