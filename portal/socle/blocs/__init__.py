"""The blocks of which the body of every page is made, for schools and for the ministry alike.

Components are in `themes/templates/composants/blocs/`, their look in `themes/styles/composants/blocs.css`. A new block
is a class here, a component there, a line in `corps.blocs_du_corps`, and an example in `echantillons.py`.
"""
