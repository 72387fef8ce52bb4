"""An invented country, as large as the real one: schools, sites, news, images, editors."""
