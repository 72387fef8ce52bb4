"""What the registry announces to the floors above, after the transaction is committed."""

from django.dispatch import Signal

# Schools were created or changed by an import. Argument: `identifiants`, the list of their primary keys.
etablissements_importes = Signal()
